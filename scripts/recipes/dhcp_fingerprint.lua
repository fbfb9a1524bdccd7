-- title: Who asks for addresses?
-- about: a client's first message tells its maker: which options it sends in which order, which it asks for, and its vendor class. List
--        the clients that are heard on a link, or were captured, with what they seem to be
-- needs: sniff on IFACE; read FILE
-- lab:   dhcp on linux
-- arg:   file file = | a capture to read; when left out, listen
-- arg:   seconds seconds 0.1.. = 60 | how long to listen
-- shows: with ../testdata/dhcp_clients.pcap
--   MAC address        card by  host name  options            asks for                                  vendor class  seems to be
--   -----------------  -------  ---------  -----------------  ----------------------------------------  ------------  ---------------------
--   02:00:00:00:00:11           moon       53,57,55,12,60,61  1,3,6,12,15,28,42                         udhcp 1.35.0  busybox udhcpc
--   02:00:00:00:00:12                      53,55              1,28,2,3,15,6,12                                        ISC dhclient
--   02:00:00:00:00:13           debian     53,12,55           1,28,2,3,15,6,119,12,44,47,26,121,42                    ISC dhclient (Debian)
--   02:00:00:00:00:14                      53,55,57,61,145    1,121,3,6,12,15,26,28,33,51,54,58,59,119                dhcpcd
-- returns: list | a record for each client that was heard
--   mac mac | of the client
--   vendor string | who made its card, where that is known
--   host_name string | as it calls itself
--   options string | codes of its options in order
--   request string | codes that it asks for
--   vendor_class string | as it says
--   guess string | what it seems to be
-- see:   RFC 2132 sections 9.8 and 9.13; moonwire doc dhcp.message:fingerprint
-- categories: discovery, safe, dhcp
-- author: the moonwire authors
-- version: 1.0

local dhcp, mac, script, tabulate = require "dhcp", require "mac", require "script", require "tabulate"
local args = script.args()

-- What a vendor class begins with, and what option 55 asks for where there is none.
local CLASSES = {
  {"MSFT 5.0", "Windows"}, {"MSFT 98", "Windows 98"}, {"android-dhcp-", "Android"}, {"udhcp", "busybox udhcpc"}, {"dhcpcd", "dhcpcd"},
  {"PXEClient", "PXE boot ROM"}, {"HTTPClient", "UEFI HTTP boot"}, {"d-i", "Debian's installer"}, {"anaconda", "Red Hat's installer"},
  {"ubnt", "Ubiquiti"}, {"Cisco", "Cisco"}, {"docsis", "cable modem"},
}
local REQUESTS = {
  ["1,28,2,3,15,6,119,12,44,47,26,121,42"] = "ISC dhclient (Debian)", ["1,28,2,121,15,6,12,40,41,42,26,119,3"] = "ISC dhclient (Red Hat)",
  ["1,3,6,15,119,95,252,44,46"] = "macOS", ["1,121,3,6,15,119,252,95,44,46"] = "macOS", ["1,121,3,6,15,114,119,252"] = "iOS",
  ["1,121,3,6,15,119,252"] = "iOS", ["1,28,2,3,15,6,12"] = "ISC dhclient",
  ["1,121,3,6,12,15,26,28,33,51,54,58,59,119"] = "dhcpcd", ["1,3,6,12,15,28,42"] = "busybox udhcpc",
}

local function guess(print)
  for _, class in ipairs(CLASSES) do
    if print.vendor_class:sub(1, #class[1]) == class[1] then return class[2] end
  end
  return REQUESTS[print.request] or ""
end

local clients
if args.file then
  clients = assert(dhcp.leases(args.file)).clients
else
  local watch = assert(dhcp.watch{timeout = args.seconds})
  script.countdown(args.seconds, "listening")
  for _ in watch do end
  clients = watch.clients
end

local rows, records = {}, {}
for _, client in ipairs(clients) do
  local print = client.message and client.message.fingerprint and client.message:fingerprint()
  if print then
    rows[#rows + 1] = {client.mac, mac.vendor(client.mac) or "", client.host_name or "", print.options, print.request, print.vendor_class, guess(print)}
    records[#records + 1] = {mac = client.mac, vendor = mac.vendor(client.mac), host_name = client.host_name, options = print.options,
      request = print.request, vendor_class = print.vendor_class, guess = guess(print)}
  end
end
if #rows == 0 then script.nothing_found("nobody asks") end
print(tabulate(rows, {"MAC address", "card by", "host name", "options", "asks for", "vendor class", "seems to be"}))
return records
