-- a client's exchange has times; the lease ends when nobody renews it
local function ack(mac, address, time)
  return {time = time, message = dhcp.message{type = "ack", chaddr = mac, yiaddr = address,
    options = {server_identifier = "10.0.0.1", lease_time = 600, renewal_time = 300}}}
end
local rows = dhcp.leases({ack("02:00:00:00:00:01", "10.0.0.5", 1000), ack("02:00:00:00:00:02", "10.0.0.6", 1500)}, {at = 1700})
#rows, rows[1].state, rows[1].expires, rows[1].t1, rows[2].state, rows[2].obtained  --> 2, expired, 1600, 300, bound, 1500
#rows.events, rows.events[1].kind, rows.events[2].kind, tostring(rows.events[4])  --> 4, server, granted, 02:00:00:00:00:01 didn't renew 10.0.0.5
rows.events[4].t, rows.servers[1].acks, #rows.clients, rows.stats.messages  --> 600, 2, 0, 2
---
-- a capture file, an iterator over its packets, and a list of them give the same; VLAN tags don't hide anything
local name = os.tmpname()
local w = assert(pcap.create(name))
local function put(time, from, kind, fields)
  local server = kind == "offer" or kind == "ack"
  fields.type, fields.chaddr = kind, "02:00:00:00:00:01"
  w:write(packet.eth{src = from, dst = "ff:ff:ff:ff:ff:ff"} / packet.dot1q{vlan = 7} / packet.ip{src = server and "10.0.0.1" or "0.0.0.0", dst = "255.255.255.255"}
    / packet.udp{sport = server and 67 or 68, dport = server and 68 or 67} / dhcp.message(fields):bytes(), {time = time})
end
put(10, "02:00:00:00:00:01", "request", {xid = 7, options = {server_identifier = "10.0.0.1", requested_address = "10.0.0.5", host_name = "moon"}})
put(10.5, "02:00:00:00:00:09", "ack", {xid = 7, yiaddr = "10.0.0.5", options = {server_identifier = "10.0.0.1", lease_time = 60}})
w:close()
local function read(source)
  local l = assert(dhcp.leases(source, {allow = {"10.0.0.2"}}))[1]
  return ("%s %s %s %s %s"):format(l.address, l.mac, l.host_name, l.state, l.expires)
end
local first = read(name)
first  --> 10.0.0.5 02:00:00:00:00:01 moon bound 70.5
local list, metas = {}, {}
for p, meta in pcap.open(name):packets() do list[#list + 1], metas[#metas + 1] = p, meta end
list.meta = metas
read(pcap.open(name):packets()) == first, read(list) == first  --> true, true
local rogue = dhcp.leases(name, {allow = {"10.0.0.2"}}).events
rogue[#rogue - 1].kind, tostring(rogue[#rogue - 1])  --> rogue, server 10.0.0.1 at 02:00:00:00:00:09: isn't allowed
os.remove(name)
---
-- what can't be read
select(2, dhcp.leases("/nonexistent"))  --> dhcp.leases: /nonexistent: no such file or directory, notfound
dhcp.leases({1})  --> error: bad argument #1 to 'dhcp.leases' (packets or messages expected, got number)
---
dhcp.leases()  --> error: bad argument #1 to 'dhcp.leases' (string, table or function expected, got no value)
