local link, packet, script, task = require "link", require "packet", require "script", require "task"

-- advertise sends one router advertisement from a host of the lab.
local function advertise(host, address, lifetime, prefix)
  script.lab()[host]:run(function()
    local l = assert(link.open("eth0"))
    assert(l:send(packet.eth{dst = "33:33:00:00:00:01"} / packet.ipv6{src = address, dst = "ff02::1", hlim = 255} /
      packet.icmp6{type = "ra", routerlifetime = lifetime,
        options = {{type = "prefix", prefix = prefix, prefixlen = 64}, {type = "mtu", mtu = 1400}}}))
    l:close()
  end)
end

describe("rogue_ra_watch", function()
  it("names the router that isn't known", function()
    local routers = task.spawn(function()
      task.sleep(0.4)
      advertise("h2", "fe80::2", 1800, "2001:db8:1::")
      task.sleep(0.2)
      advertise("h3", "fe80::3", 0, "2001:db8:bad::")
    end)
    local r = test.run("rogue_ra_watch", {known = "02:00:00:00:00:02"})
    routers:join()
    expect(r.code):to_be(0)
    expect(r.shown):to_equal(r.shows)
  end)

  it("asks the routers to speak up, unless told not to", function()
    local wire = script.lab():sniff("all", {filter = "icmp6 and ip6[40] = 133"})
    expect(test.run("rogue_ra_watch", {seconds = 1, ask = false}).code):to_be(3)
    expect(wire):not_to_see("icmp6", 0.1)
    expect(test.run("rogue_ra_watch", {seconds = 1}).stderr):to_contain("no router advertises")
    wire:close()
  end)
end)
