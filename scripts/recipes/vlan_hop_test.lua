-- lab: pair on h1
local lab, link, packet = require "lab", require "link", require "packet"

-- careless is two switches in one: it takes a tag of the trunk's native VLAN off, and goes by the next one.
local function careless()
  local from = assert(link.open("eth0", {promiscuous = true}))
  local to = assert(link.open("eth1", {promiscuous = true}))
  for p in from:sniff{direction = "in"} do
    local outer, inner = p:layer("dot1q", 1), p:layer("dot1q", 2)
    if outer and inner and outer.vlan == 1 and inner.vlan == 20 then
      to:send(packet.eth{src = p.eth.src, dst = p.eth.dst} / packet.ip{src = p.ip.src, dst = p.ip.dst} /
        packet.udp{sport = p.udp.sport, dport = p.udp.dport} / p.raw.load)
    end
  end
end

describe("vlan_hop", function()
  local net
  before_each(function()
    net = lab{"tester, middle -- sw1", "tester, middle -- sw2", addresses = {
      ["tester.eth0"] = false, ["tester.eth1"] = false, ["middle.eth0"] = false, ["middle.eth1"] = false}}
  end)
  after_each(function() net:close() end)

  it("finds the frame that two tags bring into the other VLAN", function()
    local switch = net.middle:daemon(careless)
    local r = net.tester:run(function() return test.run("vlan_hop", {witness = "eth1"}, {iface = "eth0"}) end)
    switch:cancel()
    expect(r.shown):to_equal(r.shows)
  end)

  it("finds nothing where the VLANs are apart", function()
    local r = net.tester:run(function() return test.run("vlan_hop", {witness = "eth1"}, {iface = "eth0"}) end)
    expect(r.code):to_be(3)
    expect(r.stdout):not_to_contain("hops")
  end)

  it("wants a witness", function()
    local r = test.run("vlan_hop")
    expect(r.code):to_be(2)
    expect(r.stderr):to_contain("argument 'witness' is missing")
  end)

  it("names an interface that isn't there", function()
    local r = test.run("vlan_hop", {witness = "eth7"}, {lab = "pair", iface = "eth0"})
    expect(r.code):to_be(1)
    expect(r.stderr):to_contain("no interface 'eth7'")
  end)
end)
