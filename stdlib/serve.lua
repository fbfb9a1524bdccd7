--- Services to talk to: echo, discard, chargen, daytime, HTTP, TFTP, DNS, DHCP and SNMP.
---
--- Each runs in the network of the task that starts it, beside the script's tasks, and ends with them. What it answers
--- with counts in its stats; bad input is counted there and never ends it. Where the protocol has both, it listens for
--- connections and for datagrams, over IPv4 and IPv6.
local check = require "check"
local dhcp = require "serve.dhcp"
local dhcp6 = require "serve.dhcp6"
local dhcp_relay = require "serve.dhcp_relay"
local dns = require "serve.dns"
local http = require "serve.http"
local service = require "serve.service"
local small = require "serve.small"
local snmp = require "serve.snmp"
local tftp = require "serve.tftp"
local serve = {}

---@class serve.Stats what a service has done since it began
---@field requests integer questions, connections, transfers: what the service answers
---@field bytes integer of answers; of files, both ways
---@field errors integer bad requests, failures, peers that went away
---@field connections integer under way now

---@class serve.Service a service at work; print it for its counts
---@field name string
---@field address string its own address; 0.0.0.0 when it answers at all
---@field port integer
---@field stats serve.Stats
---@field problems string[] what the last 20 errors were, the newest last
---@field close fun(self: serve.Service): boolean ends it and what it has under way; may be called twice

---@class serve.Options
---@field port? integer to listen at; 0 is any that is free (default: the protocol's own)
---@field address? string own address to listen at; all of them when left out
---@field connections? integer connections at the same time, at most; others wait (default 100)
---@field idle? number seconds that a connection may be silent (default 60)

--- Send back all that comes (RFC 862).
---
---     local s = serve.echo()
---     local c = require "socket".connect("127.0.0.1", 7)
---     c:send("hello\n")
---     (c:receive()) --> hello
---@lab pair on h1
---@param opts? serve.Options
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.echo(opts)
  return small.echo(check.options("serve.echo", opts, service.options{}))
end

--- Take all that comes and say nothing (RFC 863).
---
---     serve.discard()
---     (require "socket".connect("127.0.0.1", 9):send("hello")) --> 5
---@lab pair on h1
---@param opts? serve.Options
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.discard(opts)
  return small.discard(check.options("serve.discard", opts, service.options{}))
end

---@class serve.ChargenOptions: serve.Options
---@field limit? integer bytes for each connection (default 1048576)

--- Send characters to each connection, and up to 512 of them for each datagram (RFC 864).
---
---     serve.chargen()
---     (require "socket".connect("127.0.0.1", 19):receive(3)) --> "!\"#"
---@lab pair on h1
---@param opts? serve.ChargenOptions
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.chargen(opts)
  return small.chargen(check.options("serve.chargen", opts, service.options{limit = "count"}))
end

--- Tell the time of day in UTC, as text (RFC 867).
---
---     serve.daytime()
---     #require "socket".connect("127.0.0.1", 13):receive() > 10 --> true
---@lab pair on h1
---@param opts? serve.Options
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.daytime(opts)
  return small.daytime(check.options("serve.daytime", opts, service.options{}))
end

---@class serve.HTTPOptions: serve.Options
---@field files? table<string, string> contents by path
---@field root? string directory whose files are served, those of its directories too; links are not followed
---@field routes? table<string, any> by path: a text, or a function that gets the request (method, path, query, args, headers, body, host, peer) and returns a text, or a table with status, headers and body, or nil for 404
---@field limit? integer bytes of a request's body, at most (default 1048576)

--- Serve files and answers of the script's own over HTTP/1.1 (RFC 9110, RFC 9112): GET and HEAD, connections that stay
--- open, ranges, conditions, and a list where a directory has no index.html.
---
---     serve.http{files = {["/index.html"] = "hello"}}
---     (require "socket.http".request("http://127.0.0.1/index.html")) --> hello
---@lab pair on h1
---@param opts? serve.HTTPOptions
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.http(opts)
  return http(check.options("serve.http", opts, service.options{files = "table", root = "string", routes = "table",
    limit = "count"}))
end

---@class serve.TFTPOptions: serve.Options
---@field files? table<string, string> what can be read, by name
---@field root? string directory whose files can be read, those of its directories too; links are not followed
---@field write? boolean may files be written? One that is there is replaced when the new one is whole (default false)
---@field limit? integer bytes that may be written, at most (default 67108864)
---@field timeout? number seconds until a block is sent again, unless the client asks for another time (default 1)
---@field tries? integer how often a block is sent (default 6)

--- Give out files, and take them where allowed (RFC 1350), with the options blksize, timeout and tsize (RFC 2347, 2348
--- and 2349). Block numbers go on at 0 after 65535, so files may be of any size.
---
---     local s = serve.tftp{files = {boot = "hello"}}
---     s.port --> 69
---@lab pair on h1
---@param opts? serve.TFTPOptions
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.tftp(opts)
  return tftp(check.options("serve.tftp", opts, service.options{files = "table", root = "string", write = "boolean",
    limit = "count", timeout = "seconds", tries = "count"}))
end

---@class serve.DNSOptions: serve.Options
---@field zone? table<string, any> by name: an address, a list of addresses, or a table of records by type (A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT) with its ttl
---@field forward? string name server to ask for all other names, as address or address:port; they are refused when left out

--- Answer for names (RFC 1034, RFC 1035), by UDP as long as the client takes it (RFC 6891) and by TCP. Addresses get their
--- names for the way back. A name that begins with *. stands for those that aren't there, one with NS records for a part
--- that others serve.
---
---   serve.dns{zone = {["www.lab"] = {"10.0.1.2", "fd00:1::2"}, ["lab"] = {MX = "10 www.lab", TXT = "hello"}}}
---
---     serve.dns{zone = {["www.example.com"] = {A = "192.0.2.1"}}}.port --> 53
---@lab pair on h1
---@param opts? serve.DNSOptions
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.dns(opts)
  return dns(check.options("serve.dns", opts, service.options{zone = "table", forward = "string"}))
end

--- Give out addresses (RFC 2131), with handlers and faults where wanted: the options are those of dhcp.server.
---
---   local server = net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199", router = "10.0.1.1", lease_time = 600}
---   print(tabulate(server.leases))
---
---     tostring(serve.dhcp{pool = "10.0.0.100-10.0.0.199"}) --> dhcp.server on eth0
---@lab pair on h1
---@param opts? table
---@return dhcp.server? server at work; its leases, stats and events tell what it does
---@return string? message
---@return string? kind
function serve.dhcp(opts)
  return dhcp(opts)
end

--- Carry DHCP messages between the clients of one link and servers elsewhere (RFC 1542): the options are those of dhcp.relay.
---
---   local relay = net.R1:serve_dhcp_relay{iface = "eth0", server = net.R2.address, circuit_id = "port 7"}
---
---     tostring(serve.dhcp_relay{iface = "eth0", server = "10.0.0.2"}) --> relay of eth0 to 10.0.0.2:67
---@lab pair on h1
---@param opts? table
---@return dhcp.relay? relay agent at work; its stats tell what it does
---@return string? message
---@return string? kind
function serve.dhcp_relay(opts)
  return dhcp_relay(opts)
end

--- Give out IPv6 addresses and delegated prefixes (RFC 8415), with handlers and faults where wanted: the options are those
--- of dhcp6.server.
---
---   local server = net.R1:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = "2001:db8:f000::/40"}
---   print(tabulate(server.leases))
---
---     tostring(serve.dhcp6{pool = "fd00::100-fd00::1ff"}) --> dhcp6.server on eth0
---@lab pair on h1
---@param opts? table
---@return dhcp6.server? server at work; its leases, stats and events tell what it does
---@return string? message
---@return string? kind
function serve.dhcp6(opts)
  return dhcp6(opts)
end

---@class serve.SNMPOptions what snmp.agent takes, and what the agent can't know of its host
---@field name? string sysName (default: the host's name)
---@field contact? string sysContact
---@field location? string sysLocation
---@field description? string sysDescr (default: what the host says of itself)
---@field traps? any[] whom to notify of what happens: names or addresses, or tables with host, port, version, community, user, inform, timeout and retries

--- Answer SNMP's questions about this host as it is then: its system, interfaces, addresses, neighbours, routes, sockets and
--- counters (RFC 3418, 2863, 4293, 4292, 4022, 4113). What can be set really changes: ifAdminStatus shuts an interface,
--- ipForwarding makes a router. Who is notified hears of coldStart, linkDown and linkUp, and of authenticationFailure once
--- snmpEnableAuthenTraps is enabled. The options are those of snmp.agent, with its host's beside them.
---
---   net.R2:serve_snmp{community = "public", write_community = "private", traps = {"linux"}}
---   net.R2:shutdown("eth1") -- linux gets a trap
---
---     serve.snmp{community = "public"}
---     tostring(require "snmp".open{host = "127.0.0.1", community = "public"}:get("sysName.0")) --> sysName.0 = h1
---@lab pair on h1
---@param opts? serve.SNMPOptions|table
---@return snmp.agent? agent at work; its stats and targets tell what it does
---@return string? message
---@return string? kind
function serve.snmp(opts)
  return snmp(opts)
end

return serve
