-- title: Four messages for an address
-- about: discover, offer, request, acknowledge: one transaction id holds them together. What each says, and what the client then
--        knows: its address, the network's mask, the router, the name servers, and for how long
-- needs: raw on IFACE to 0.0.0.0/0:67/udp from any
-- lab:   dhcp on linux
-- arg:   name string = moonwire | the client's name
-- shows:
--               client                     server
--       0.0 ms     |------- discover -------->|
--       0.0 ms     |<---- offer 10.0.1.100 ---|
--       0.0 ms     |-- request 10.0.1.100 --->|
--       0.0 ms     |<----- ack 10.0.1.100 ----|
--
--                              discover        offer          request         ack
--   -------------------------  --------------  -------------  --------------  -------------
--   xid                        0xff4ae39f      0xff4ae39f     0xff4ae39f      0xff4ae39f
--   53 message_type            discover        offer          request         ack
--   57 max_message_size        1500                           1500
--   55 parameter_request_list  1 3 6 15 51 54                 1 3 6 15 51 54
--   12 host_name               moonwire                       moonwire
--   54 server_identifier                       10.0.1.1       10.0.1.1        10.0.1.1
--   51 lease_time                              3600                           3600
--   1 subnet_mask                              255.255.255.0                  255.255.255.0
--   3 router                                   10.0.1.1                       10.0.1.1
--   6 domain_name_server                       10.0.1.1                       10.0.1.1
--   15 domain_name                             lab.example                    lab.example
--   50 requested_address                                      10.0.1.100
--
--   address       10.0.1.100
--   mask          255.255.255.0
--   router        10.0.1.1
--   name servers  10.0.1.1
--   domain        lab.example
--   server        10.0.1.1
--   lease         3600 s
--   renew after   1800 s
--   rebind after  3150 s
-- see:   RFC 2131 section 3.1; RFC 2132; tutorial/15_dhcp_request; tutorial/17_dhcp_lease_life
-- categories: tutorial, dhcp

local dhcp, ladder, script, tabulate = require "dhcp", require "ladder", require "script", require "tabulate"
local c = assert(dhcp.client{host_name = script.args().name, request = {1, 3, 6, 15, 51, 54}})
local lease = assert(c:acquire())
print(ladder.draw(c.exchange, {times = true}))

-- A row for each option, in the order in which they turn up, and a column for each message.
local rows, columns = {{"xid"}}, {""}
for i, x in ipairs(c.exchange) do
  columns[i + 1], rows[1][i + 1] = x.type, ("0x%08x"):format(x.message.xid)
  for _, option in ipairs(x.message.list) do
    local name, text = option.code .. " " .. option.name, option.text
    if option.code == 55 then text = table.concat({option.data:byte(1, -1)}, " ") end -- as codes: the names are long
    if text and not rows[name] then
      rows[name] = {name}
      rows[#rows + 1] = rows[name]
    end
    if text then rows[name][i + 1] = text end
  end
end
print("\n" .. tabulate(rows, columns))

print("\n" .. tabulate({
  {"address", lease.address}, {"mask", lease.mask}, {"router", lease.router}, {"name servers", table.concat(lease.dns, " ")},
  {"domain", lease.domain}, {"server", lease.server}, {"lease", ("%d s"):format(lease.time)}, {"renew after", ("%d s"):format(lease.t1)},
  {"rebind after", ("%d s"):format(lease.t2)},
}))
lease:release()
