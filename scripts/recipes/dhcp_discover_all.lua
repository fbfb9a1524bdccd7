-- title: All DHCP servers
-- about: ask a link who gives addresses out, and list what each offers, side by side; nothing is taken
-- needs: raw on IFACE to 255.255.255.255:67/udp; raw on IFACE to 255.255.255.255:67/udp from any if MAC
-- lab:   rogue on linux
-- arg:   wait seconds 0.1..60 = 3 | how long to collect offers
-- arg:   mac mac = | of the client that asks; when left out, the interface's
-- arg:   class string = | vendor class of the client: some servers answer only their own
-- shows:
--                       10.0.1.1           10.0.1.2
--   ------------------  -----------------  -----------------
--   at                  02:00:00:00:00:02  02:00:00:00:00:03
--   made by
--   sends from          10.0.1.1           10.0.1.2
--   your address        10.0.1.100         10.0.1.200
--   message_type        offer              offer
--   server_identifier   10.0.1.1           10.0.1.2
--   lease_time          3600               3600
--   renewal_time        1800               1800
--   rebinding_time      3150               3150
--   subnet_mask         255.255.255.0      255.255.255.0
--   router              10.0.1.1           10.0.1.66
--   domain_name_server  10.0.1.1           10.0.1.66
--   broadcast_address   10.0.1.255         10.0.1.255
-- returns: list | a record for each server that offers
--   server address | as the server calls itself
--   mac mac | source of its frames
--   vendor string | who made its card, where that is known
--   address address | source of its datagrams
--   offered address | that it offers
--   options record | its options by name, as text
-- see:   RFC 2131 section 3.1; tutorial/14_dhcp_discover; recipes/dhcp_rogue
-- categories: discovery, safe, dhcp
-- author: the moonwire authors
-- version: 1.0

local dhcp, mac, script, tabulate = require "dhcp", require "mac", require "script", require "tabulate"
local args = script.args()
script.countdown(args.wait, "offers")
local servers = assert(dhcp.rogues{wait = args.wait, mac = args.mac, vendor_class = args.class}).servers
if #servers == 0 then script.nothing_found("no server offers anything") end

local columns, rows, records = {""}, {{"at"}, {"made by"}, {"sends from"}, {"your address"}}, {}
for i, server in ipairs(servers) do
  columns[i + 1] = server.server
  rows[1][i + 1], rows[2][i + 1], rows[3][i + 1], rows[4][i + 1] = server.mac, mac.vendor(server.mac) or "", server.address, server.offered
  local options = {}
  records[i] = {server = server.server, mac = server.mac, vendor = mac.vendor(server.mac), address = server.address, offered = server.offered,
    options = options}
  for _, option in ipairs(server.message.list) do
    local name = option.name
    if option.text and not rows[name] then
      rows[name] = {name}
      rows[#rows + 1] = rows[name]
    end
    if option.text then rows[name][i + 1], options[name] = option.text, option.text end
  end
end
print(tabulate(rows, columns))
return records
