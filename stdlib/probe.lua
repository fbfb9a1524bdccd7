--- Send numbered probes to a host and hear what became of each. ping, traceroute and pmtu are made of this.
---
--- A probe is an echo request (icmp), a datagram to a port that nobody uses (udp) or a SYN (tcp). All probes of one opening
--- are one flow to the routers between: the same addresses, ports and checksum, so that a router with several ways takes
--- the same one for each.
local check = require "check"
local probe = {}

---@class probe.OpenOptions
---@field proto? "icmp"|"udp"|"tcp" what the probes are (default "icmp")
---@field via? "socket"|"frames" the system's sockets, or frames made here; when left out, sockets where the system lets us
---@field family? "inet"|"inet6" IP version; else the address's, or IPv4
---@field port? integer port of the far end, of udp and tcp (default 33434 and 80)
---@field source? string own address
---@field interface? string interface to send from

local KINDS = {
  proto = {"icmp", "udp", "tcp"}, via = {"socket", "frames"}, family = {"inet", "inet6"}, port = "1..65535", source = "string",
  interface = "string",
}

-- WAYS are the modules that send and receive, in order of preference. TCP's errors don't reach its sockets (ip(7)).
local WAYS = {icmp = {"socket", "frames"}, udp = {"socket", "frames"}, tcp = {"frames"}}

--- Prepare to probe a host. The result's fields are host (its address), family, proto, via ("socket" or "frames"), method
--- (the same in words) and header (bytes of a probe before its payload); its methods are send, receive and close.
---
---     local p = assert(probe.open("10.0.0.2"))
---     p.method --> ping socket
---     p:close()
---@lab pair on h1
---@async
---@param host string address or name
---@param opts? probe.OpenOptions
---@return probe.Prober|nil prober
---@return string? message
---@return string? kind "denied" when the system lets us have no such socket
function probe.open(host, opts)
  check.argument("probe.open", 1, host, "string")
  opts = check.options("probe.open", opts, KINDS)
  local proto = opts.proto or "icmp"
  local message, kind
  for _, way in ipairs(WAYS[proto]) do
    if not opts.via or opts.via == way then
      local prober, problem, why = require("probe." .. way).open(host, proto, opts)
      if prober then return prober end
      message, kind = message or problem, kind or why
    end
  end
  return nil, message or ("probe.open: no %s probes via %s"):format(proto, opts.via), kind or "unsupported"
end

return probe
