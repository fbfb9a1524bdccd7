-- A client and servers made of packets on a switch; h1 watches. Tests put what happens behind this.
local dhcp, lab, link, packet = require "dhcp", require "lab", require "link", require "packet"
local net = lab{"h1, h2, h3 -- sw1", networks = {sw1 = {"10.0.0.0/24"}}}
local CLIENT = "02:00:00:00:aa:01"

-- say sends a message from a host; options come behind its kind.
local function say(l, kind, from, to, fields)
  local options = {{"message-type", kind}}
  for _, o in ipairs(fields.options or {}) do options[#options + 1] = o end
  options[#options + 1] = "end"
  local server = kind == "offer" or kind == "ack" or kind == "nak"
  assert(l:send(packet.eth{src = fields.src or server and l:interface().mac or CLIENT, dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{src = from, dst = to}
    / packet.udp{sport = server and 67 or 68, dport = server and 68 or 67}
    / packet.dhcp{op = server and 2 or 1, xid = fields.xid or 1, chaddr = fields.mac or CLIENT, yiaddr = fields.yiaddr, ciaddr = fields.ciaddr,
      options = options}))
end

local ALL, NONE = "255.255.255.255", "0.0.0.0"
local function lease(client, server, at, xid)
  say(client, "discover", NONE, ALL, {xid = xid, options = {{"hostname", "moon"}, {"param_req_list", 1, 3}}})
  say(server, "offer", at, ALL, {xid = xid, yiaddr = "10.0.0.100", options = {{"server_id", at}, {"lease_time", 60}}})
  say(client, "request", NONE, ALL, {xid = xid, options = {{"server_id", at}, {"requested_addr", "10.0.0.100"}}})
  say(server, "ack", at, ALL, {xid = xid, yiaddr = "10.0.0.100", options = {{"server_id", at}, {"lease_time", 60}, {"router", at}}})
end

-- watched plays a scene on h2, prints what a watch on h1 tells of it, and returns the watch.
local function watched(opts, play)
  net.h2:spawn(function()
    task.sleep(0.1)
    play(assert(link.open("eth0")), assert(link.open("eth0")))
  end)
  return net.h1:run(function()
    local w = assert(dhcp.watch(opts))
    for event in w do print(("%.1f %s: %s"):format(event.t, event.kind, tostring(event))) end
    return w
  end)
end

