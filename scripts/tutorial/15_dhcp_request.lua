-- title: May I have it?
-- about: an offer is a proposal. The request repeats its address and its server's identifier, and goes to everybody, so that all
--        servers hear who was chosen; only that one answers, and its acknowledgement makes the address the client's
-- needs: raw on IFACE to 0.0.0.0/0:67/udp from any
-- lab:   dhcp on linux
-- shows:
--   dhcp.client:request: no answer of 192.0.2.1 to the request for 10.0.1.100 on eth0 within 3 s (request sent once)
--
--    client                    server
--      |------- discover -------->|
--      |<---- offer 10.0.1.100 ---|
--      |-- request 10.0.1.100 --->|
--      |------- discover -------->|
--      |<---- offer 10.0.1.101 ---|
--      |-- request 10.0.1.101 --->|
--      |<----- ack 10.0.1.101 ----|
--
--                         offer       request     ack
--   --------------------  ----------  ----------  ----------
--   yiaddr                10.0.1.101  0.0.0.0     10.0.1.101
--   50 requested_address              10.0.1.101
--   54 server_identifier  10.0.1.1    10.0.1.1    10.0.1.1
--   51 lease_time         3600                    3600
--
--   dhcp.lease 10.0.1.101/24 from 10.0.1.1 for 3600 s, bound
-- see:   RFC 2131 sections 3.1 and 4.3.2; RFC 2132 sections 9.1 and 9.7; tutorial/14_dhcp_discover; tutorial/16_dhcp_full
-- categories: tutorial, dhcp

local dhcp, ladder, tabulate = require "dhcp", require "ladder", require "tabulate"
local c = assert(dhcp.client{timeout = 3})
local offer = assert(c:discover())

-- First under another server's name (option 54): the one that made the offer hears that it wasn't chosen, and says nothing.
local other = dhcp.decode(offer:bytes())
other.options.server_identifier = "192.0.2.1"
local _, refusal = c:request(other)
print(refusal)

-- Now as it should be.
local lease = assert(c:request(assert(c:discover())))
print("\n" .. ladder.draw(c.exchange) .. "\n")

local asked, given = c.exchange[#c.exchange - 1].message, lease.message
offer = c.exchange[#c.exchange - 2].message
print(tabulate({
  {"yiaddr", offer.yiaddr, asked.yiaddr, given.yiaddr},
  {"50 requested_address", "", asked.options.requested_address},
  {"54 server_identifier", offer.options.server_identifier, asked.options.server_identifier, given.options.server_identifier},
  {"51 lease_time", offer.options.lease_time, "", given.options.lease_time},
}, {"", offer.type, asked.type, given.type}))
print("\n" .. tostring(lease))
