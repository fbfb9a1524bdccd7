-- A long exchange of random pieces, read by random patterns: every result must agree.
local socket = require "socket"
local lib = require "lib"

local state = 12345
local function random(n)
  state = (state * 16807) % 2147483647
  return state % n
end

local alphabet = {"a", "b", "\r", "\n", "\r\n", "\0", "\255", "long text without an end "}
local function bytes(n)
  local out = {}
  for i = 1, n do out[i] = alphabet[random(#alphabet) + 1] end
  return table.concat(out)
end

local function sum(s)
  local x = #s
  for i = 1, #s do x = (x * 31 + s:byte(i)) % 65521 end
  return x
end

local function result(data, err, part)
  return data and #data .. "/" .. sum(data) or tostring(err) .. " " .. #part .. "/" .. sum(part)
end

for round = 1, 8 do
  lib.section("round " .. round, function()
    local c, s = lib.pair()
    s:settimeout(0)
    local part = ""
    for step = 1, 40 do
      if random(2) == 0 then
        local last = c:send(bytes(random(random(2) == 0 and 20 or 900)))
        socket.sleep(0.001)
        print(step, "sent", last)
      else
        local pattern = random(3) == 0 and "*l" or random(random(2) == 0 and 30 or 9000)
        local data, err, rest = s:receive(pattern, random(2) == 0 and part or nil)
        part = rest or ""
        print(step, pattern, result(data, err, part), s:dirty() and "dirty" or "")
      end
    end
    c:close()
    socket.sleep(0.005)
    print("rest", result(s:receive("*a", part)))
    print("end", result(s:receive("*l")))
    print("counted", (s:getstats()))
  end)
end
