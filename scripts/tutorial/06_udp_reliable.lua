-- title: Requests that survive a bad network
-- about: datagrams get lost, repeated and overtaken, and that is the program's business: each request has an id, is
--        repeated with growing pauses, and when it comes twice it is answered twice but done once
-- arg:   loss number 0..0.9 = 0.25 | share of datagrams lost, each way
-- arg:   luck integer 1.. = 58 | which ones: the same number, the same fate
-- shows:
--   from one: 127.0.0.1 port 43519
--   from another: 127.0.0.1 port 43433
--
--   requests     add 1  tries  client's sum  server's sum  lost  repeated  overtaken
--   -----------  -----  -----  ------------  ------------  ----  --------  ---------
--   without ids      4      6             3             5     3         2          2
--   with ids         4      7             4             4     3         2          2
--
--   with ids:
--    client                      server
--      |--------- 1 add 1 --------->|
--      |<--------- 1 sum 1 ---------|
--      |---- 2 add 1 ----x          |
--      | 150 ms in vain             |
--      |-- 2 add 1, again --x       |
--      | 300 ms in vain             |
--      |----- 2 add 1, again ------>|
--      |<--------- 2 sum 2 ---------|
--      |--------- 3 add 1 --------->|
--      |<--------- 3 sum 3 ---------|
--      |<------ 3 sum 3, again -----|
--      |--------- 4 add 1 --------->|
--      |----- 4 add 1, again ------>|
--      |          x---- 4 sum 4 ----|
--      | 150 ms in vain             |
--      |----- 4 add 1, again ------>|
--      |<------ 4 sum 4, again -----|
--      |<------ 4 sum 4, again -----|
-- see:   RFC 768; RFC 8085 section 3.1; tutorial/07_udp_audio
-- categories: tutorial, udp

local ladder, lossy, retry, script = require "ladder", require "lossy", require "retry", require "script"
local socket, tabulate, task = require "socket", require "tabulate", require "task"
local args, events, rows = script.args(), {}, {}
local REQUESTS = 4

-- Ports tell programs apart: one socket hears everybody, and each datagram says which address and port it came from.
-- There is no connection to make and none to end: right for many clients with little to say.
local everybody = assert(socket.udp4())
assert(everybody:setsockname("127.0.0.1", 0))
for _, name in ipairs{"one", "another"} do
  local host, port = everybody:getsockname()
  socket.udp4():sendto("from " .. name, host, port)
  print(("%s: %s port %d"):format(everybody:receivefrom()))
end
print()

-- The server keeps an account. A careful one remembers its answers by id and repeats them; the other one adds as often
-- as it hears it.
local function serve(server, careful)
  local account, answers = {sum = 0}, {}
  task.daemon(function()
    while true do
      local request, host, port = server:receivefrom()
      if not request then return end
      local id, amount = request:match("^(%d+) add (%d+)$")
      if not (careful and answers[id]) then
        account.sum = account.sum + amount
        answers[id] = ("%s sum %d"):format(id, account.sum)
      end
      server:sendto(answers[id], host, port)
    end
  end)
  return account
end

-- ask sends until an answer comes, and waits twice as long each time. A careful client drops answers to what it asked
-- before; the other one takes what comes.
local function ask(client, id, careful)
  for try, wait in retry.waits{tries = 10, pause = 0.15, longest = 0.6} do
    client:send(id .. " add 1")
    local last = socket.gettime() + wait
    repeat
      client:settimeout(math.max(0, last - socket.gettime()))
      local answer = client:receive()
      local of, sum = (answer or ""):match("^(%d+) sum (%d+)$")
      if answer and (of == tostring(id) or not careful) then return sum, try end
    until not answer
    events[#events + 1] = {at = "client", label = ("%.0f ms in vain"):format(wait * 1000)}
  end
  error("no answer in 10 tries")
end

local function run(careful)
  local told = {}
  events = {}
  local server, client, sum, tries = assert(socket.udp4()), assert(socket.udp4()), 0, 0
  assert(server:setsockname("127.0.0.1", 0))
  local host, port = server:getsockname()
  local account = serve(server, careful)
  local relay = assert(lossy.udp(host, port, {loss = args.loss, seed = args.luck, duplicate = 0.1, reorder = 0.1,
    delay = 0.02, hold = 0.35, watch = function(way, fate, data)
      if fate ~= "lost" and fate ~= "sent" then return end
      local from, to = "client", "server"
      if way == "back" then from, to = to, from end
      local label = told[data] and data .. ", again" or data
      told[data] = true
      events[#events + 1] = {from = from, to = to, label = label, lost = fate == "lost"}
    end}))
  assert(client:setpeername(relay.host, relay.port))
  for id = 1, REQUESTS do
    local answer, try = ask(client, id, careful)
    sum, tries = tonumber(answer), tries + try
  end
  task.sleep(0.5) -- what is still under way arrives
  local c = relay.counts
  rows[#rows + 1] = {careful and "with ids" or "without ids", REQUESTS, tries, sum, account.sum, c.lost, c.repeated,
    c.reordered}
  relay:close()
end

run(false)
run(true)
print(tabulate(rows, {"requests", "add 1", "tries", "client's sum", "server's sum", "lost", "repeated", "overtaken"}))
print("\nwith ids:\n" .. ladder.draw(events, {actors = {"client", "server"}}))
