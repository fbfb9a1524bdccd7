-- title: How long is it mine?
-- about: a lease ends. At T1 the client asks its server for more time, at T2 it asks any server, when the time is over it stops using
--        the address; it may give it back before, or decline what another host has already. In the lab hours pass in no time
-- needs: raw on IFACE to 0.0.0.0/0:67/udp from any
-- lab:   dhcp on linux in simulated time
-- arg:   lease integer 1..604800 = 3600 | seconds to ask for; the server may give others
-- shows:
--         0 s  bound       10.0.1.100/24 for 3600 s
--      1800 s  renewing    10.0.1.100 of 10.0.1.1
--      1800 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      1800 s              10.0.1.1:67 > 10.0.1.100:68  ack 10.0.1.100
--      1800 s  renewed     10.0.1.100/24 for 3600 s from 10.0.1.1
--              the way to the server is cut
--      3600 s  renewing    10.0.1.100 of 10.0.1.1
--      3603 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      4277 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      4613 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      4782 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      4866 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      4926 s              10.0.1.100:68 > 10.0.1.1:67  request 10.0.1.100
--      4950 s  rebinding   10.0.1.100 of any server
--      4950 s              10.0.1.100:68 > 255.255.255.255:67  request 10.0.1.100
--      5175 s              10.0.1.100:68 > 255.255.255.255:67  request 10.0.1.100
--      5288 s              10.0.1.100:68 > 255.255.255.255:67  request 10.0.1.100
--      5348 s              10.0.1.100:68 > 255.255.255.255:67  request 10.0.1.100
--      5400 s  expired     10.0.1.100
--
--    client                    server
--      |------- discover -------->|
--      |<---- offer 10.0.1.100 ---|
--      |-- request 10.0.1.100 --->|
--      |<----- ack 10.0.1.100 ----|
--      |-- release 10.0.1.100 --->|
--      |------- discover -------->|
--      |<---- offer 10.0.1.100 ---|
--      |-- request 10.0.1.100 --->|
--      |<----- ack 10.0.1.100 ----|
--      |-- decline 10.0.1.100 --->|
--      |------- discover -------->|
--      |<---- offer 10.0.1.101 ---|
--      |-- request 10.0.1.101 --->|
--      |<----- ack 10.0.1.101 ----|
--      |-- release 10.0.1.101 --->|
-- see:   RFC 2131 sections 3.1, 4.4.5 and 4.4.6; RFC 5227; tutorial/16_dhcp_full
-- categories: tutorial, dhcp

local dhcp, ladder, script, task = require "dhcp", require "ladder", require "script", require "task"
local c = assert(dhcp.client{lease_time = script.args().lease})
local lease, net = assert(c:acquire()), script.lab()
local start, told, renewals = lease.obtained, #c.exchange, 0

-- The client's messages since the last event, and then the event.
local function tell(event)
  for i = told + 1, #c.exchange do
    local x = c.exchange[i]
    print(("%7.0f s              %s > %s  %s"):format(x.time - start, x.source, x.destination, x.label))
  end
  told = #c.exchange
  print(("%7.0f s  %-10s  %s"):format(event.time - start, event.name, event.text))
end

for event in lease:life() do
  tell(event)
  if event.name == "renewed" then
    renewals = renewals + 1
    if renewals == 2 then break end -- the server goes on, and so would the lease
    print("           " .. (net and "the way to the server is cut" or "stop the server now, to see T2 and the end"))
    if net then net:link("sw1--R1"):partition() end
  end
end

-- A lease given back, and one declined: the server doesn't answer to that. It may give the first address to anybody, the second
-- one to nobody for a while, and who declined waits ten seconds.
if net then net:link("sw1--R1"):heal() elseif lease.state == "expired" then print("           start the server again") end
assert(c:acquire()):release()
assert(c:acquire()):decline("another host has it")
task.sleep(10)
assert(c:acquire()):release()
print("\n" .. ladder.draw{unpack(c.exchange, told + 1)})
