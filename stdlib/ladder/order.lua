--- Put recorded calls into the order of cause and effect.
---
--- A call is recorded when it has ended, and a send may end after the receive that it woke: then it is moved up. Only the
--- last call of a task can be late, so one step is enough.
---@package

local SENDS = {send = true, sendto = true}
local RECEIVES = {receive = true, receivefrom = true}
local ENDS = {close = true, shutdown = true}

local function way(from, to) return from .. " > " .. to end

-- missing returns which calls could be the cause of this one, when none has come yet. `sent` counts the bytes that were
-- sent and not yet received, `ended` knows the directions that are over.
local function missing(event, sent, ended)
  local back = way(event.peer, event.here)
  if event.call == "accept" then return {connect = true} end
  if not RECEIVES[event.call] then return nil end
  if event.error == "closed" and not ended[back] then return ENDS end
  sent[back] = (sent[back] or 0) - (event.bytes or 0)
  return sent[back] < 0 and SENDS or nil
end

--- Return the calls in order. Those of one socket keep theirs.
---@param trace ladder.Call[]
---@return ladder.Call[]
local function order(trace)
  local list, placed, sent, ended = {}, {}, {}, {}
  local function place(i)
    local event = trace[i]
    placed[i], list[#list + 1] = true, event
    if not event.here or not event.peer then return end
    local there = way(event.here, event.peer)
    if SENDS[event.call] then sent[there] = (sent[there] or 0) + (event.bytes or 0) end
    if ENDS[event.call] then ended[there] = true end
  end
  for i, event in ipairs(trace) do
    local causes = not placed[i] and event.here and event.peer and missing(event, sent, ended)
    for later = i + 1, causes and #trace or 0 do
      local other = trace[later]
      if not placed[later] and causes[other.call] and other.here == event.peer and other.peer == event.here then
        place(later)
        break
      end
    end
    if not placed[i] then place(i) end
  end
  return list
end

return order
