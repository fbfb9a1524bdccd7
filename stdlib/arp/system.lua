--- Let the system ask by ARP, which needs no privilege: a datagram to an address makes it look for who has it, and its table of
--- neighbours says what came of that.
---@package
local addr = require "addr"
local check = require "check"
local clock = require "clock"
local dgram = require "dgram"
local link = require "link"
local mac = require "mac"
local task = require "task"
local system = {}

local DISCARD = 9   -- the port: what arrives there does nothing (RFC 863)
local LOOK = 0.005  -- seconds between two looks at the table
local CHUNK = 128   -- addresses looked for at a time: the table has room for few that don't answer

local System = {}
System.__index = System

--- Open nothing: the system has all that it needs.
---@param interface? string
function system.open(interface)
  return setmetatable({interface = interface, method = "the system's table of neighbours"}, System)
end

-- known returns the MAC address of each neighbour that has told its own.
function System:known()
  local all = {}
  for _, n in ipairs(assert(link.neighbors())) do
    if n.mac and n.state ~= "failed" and (not self.interface or n.interface == self.interface) then all[n.address] = n.mac end
  end
  return all
end

local function poke(ip)
  local s = assert(dgram.udp{})
  s:send("", ip .. ":" .. DISCARD)
  s:close()
end

function System:resolve(ip, opts)
  check.argument("arp.Link:resolve", 1, ip, "string")
  opts = check.options("arp.Link:resolve", opts, {timeout = "seconds", tries = "count"})
  local start = clock.monotonic()
  poke(ip)
  repeat
    local found = self:known()[ip]
    if found then return found, clock.since(start) end
    task.sleep(LOOK)
  until clock.since(start) > (opts.timeout or 1) * (opts.tries or 3)
  return nil, ("arp: nobody has %s"):format(ip), "timeout"
end

function System:scan(prefix, opts)
  check.argument("arp.Link:scan", 1, prefix, "string")
  opts = check.options("arp.Link:scan", opts, {timeout = "seconds", tries = "count", rate = "string", progress = "function",
    found = "function"})
  local network, done = assert(addr.prefix(prefix)), 0
  local hosts, asked, next_host = {}, {}, network:hosts()
  local total = math.max(network:size() - (network.bits < 31 and 2 or 0), 1)
  repeat
    local ip = next_host()
    if ip then
      asked[#asked + 1] = tostring(ip)
      poke(tostring(ip))
    end
    if #asked == CHUNK or (not ip and #asked > 0) then
      task.sleep(opts.timeout or 1)
      local known = self:known()
      for _, address in ipairs(asked) do
        local found = known[address]
        if found then
          hosts[#hosts + 1] = {ip = address, mac = found, vendor = mac.vendor(found)}
          if opts.found then opts.found(hosts[#hosts]) end
        end
      end
      done = done + #asked
      if opts.progress then opts.progress(done, total) end
      asked = {}
    end
  until not ip
  return hosts
end

-- What the system doesn't do for others.
for _, name in ipairs{"announce", "free"} do
  System[name] = function()
    return nil, ("arp: %s needs frames of our own, and so CAP_NET_RAW (run as root, or --lab)"):format(name), "denied"
  end
end

function System.listen()
  error({message = "arp: to listen needs CAP_NET_RAW (run as root, or --lab)", kind = "denied"}, 0)
end

function System.close() end

return system
