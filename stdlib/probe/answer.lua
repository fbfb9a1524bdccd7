--- Name what became of a probe.
---@package
local answer = {}

---@class probe.Answer what became of a probe
---@field seq? integer number of the probe; nil when the error quotes too little of it
---@field what "reply"|"exceeded"|"too big"|"unreachable"
---@field text string the same as the RFCs say it: "time exceeded", "port unreachable"
---@field from string who says so
---@field arrived boolean has the probe reached the host?
---@field rtt? number seconds since it was sent
---@field ttl? integer hop limit that the answer had left
---@field size? integer bytes of a reply's payload
---@field mtu? integer of the next hop, when it is too small
---@field type? integer ICMP type and code of an error
---@field code? integer

-- By ICMP type (RFC 792, RFC 4443): what it means, its name, and the names of its codes.
local V4 = {
  [3] = {"unreachable", "destination unreachable", {[0] = "network unreachable", "host unreachable", "protocol unreachable",
    "port unreachable", "fragmentation needed", "source route failed", [9] = "network prohibited", [10] = "host prohibited",
    [13] = "communication prohibited"}},
  [11] = {"exceeded", "time exceeded", {"reassembly time exceeded"}},
  [12] = {"unreachable", "parameter problem", {}},
}
local V6 = {
  {"unreachable", "destination unreachable", {[0] = "no route", "communication prohibited", "beyond scope of source address",
    "address unreachable", "port unreachable", "source address failed policy", "route rejected"}},
  {"too big", "packet too big", {}},
  {"exceeded", "time exceeded", {"reassembly time exceeded"}},
  {"unreachable", "parameter problem", {}},
}

-- What only the host itself says: that nothing there listens.
local ARRIVED = {["port unreachable"] = true, ["protocol unreachable"] = true}

--- Return what an ICMP error means, its name, and whether the probe had arrived.
---@param family "inet"|"inet6"
---@param type integer
---@param code integer
---@return string what
---@return string text
---@return boolean arrived
function answer.meaning(family, type, code)
  local known = (family == "inet6" and V6 or V4)[type]
  if not known then return "unreachable", ("ICMP type %d code %d"):format(type, code), false end
  local text = known[3][code] or known[2]
  local what = text == "fragmentation needed" and "too big" or known[1]
  return what, text, ARRIVED[text] or false
end

return answer
