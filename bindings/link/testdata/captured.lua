-- what was sniffed is written with all that is known of it
local a, b = link.open("a"), link.open("b")
local name = os.tmpname()
local w = assert(pcap.create(name))
task.spawn(function()
  for i = 1, 3 do b:send(packet.ip{dst = "10.0.0.1"} / packet.udp{dport = i}) end
end)
local sum = 0
for p, meta in a:sniff{count = 3, timeout = 5} do
  sum = sum + meta.nsec
  assert(w:write(p, meta))
end
w:close()
local f, n = pcap.open(name), 0
for p, meta in f:packets() do
  n = n + 1
  sum = sum - meta.nsec
  assert(p.udp.dport == n and meta.interface == "a" and meta.direction == "in")
end
n, sum, #f:interfaces(), f:interfaces()[1].mac  --> 3, 0, 1, 02:00:00:00:00:01
os.remove(name)
