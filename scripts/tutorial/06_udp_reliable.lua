-- title: Requests that survive a bad network
-- about: datagrams get lost, repeated and overtaken, and that is the program's business: each request has an id, is repeated with growing pauses, and when it comes twice it is answered twice but done once
-- arg:   loss number 0..0.9 = 0.25 | share of datagrams lost, each way
-- arg:   luck integer 1.. = 10 | which ones: the same number, the same fate
-- shows:
--                add 1  tries  client's sum  server's sum  lost  repeated  overtaken
--   -----------  -----  -----  ------------  ------------  ----  --------  ---------
--   without ids      5     10             9            10     6         2          2
--   with ids         5     10             5             5     6         2          2
--
--   with ids:
--    client               server
--      |----- 1 add 1 ------>|
--      |<------ 1 sum 1 -----|
--      |----- 2 add 1 ------>|
--      |       x-- 2 sum 2 --|
--      | 100 ms in vain      |
--      |-- 2 add 1 --x       |
--      | 200 ms in vain      |
--      |----- 2 add 1 ------>|
--      |----- 2 add 1 ------>|
--      |                     | seen before
--      |                     | seen before
--      |<------ 2 sum 2 -----|
--      |       x-- 2 sum 2 --|
--      |----- 3 add 1 ------>|
--      |       x-- 3 sum 3 --|
--      | 100 ms in vain      |
--      | 200 ms in vain      |
--      |----- 3 add 1 ------>|
--      |----- 3 add 1 ------>|
--      |                     | seen before
--      |                     | seen before
--      |       x-- 3 sum 3 --|
--      |<------ 3 sum 3 -----|
--      | 100 ms in vain      |
--      |----- 4 add 1 ------>|
--      |----- 4 add 1 ------>|
--      |                     | seen before
--      |       x-- 4 sum 4 --|
--      |<------ 4 sum 4 -----|
--      |<------ 4 sum 4 -----|
--      |----- 5 add 1 ------>|
--      |<------ 5 sum 5 -----|
-- see:   RFC 768; RFC 8085 section 3.1; tutorial/07_udp_audio
-- categories: tutorial, udp

local ladder, lossy, retry, script = require "ladder", require "lossy", require "retry", require "script"
local socket, tabulate, task = require "socket", require "tabulate", require "task"
local args, events, rows = script.args(), {}, {}
local REQUESTS = 5

local function note(who, what) events[#events + 1] = {at = who, label = what} end

-- The server keeps an account. One socket serves all clients: each datagram says which address and port it came from.
-- A careful server remembers its answers by id and repeats them; the other one adds as often as it hears it.
local function serve(server, careful)
  local account, answers = {sum = 0}, {}
  task.daemon(function()
    while true do
      local request, host, port = server:receivefrom()
      if not request then return end
      local id, amount = request:match("^(%d+) add (%d+)$")
      if careful and answers[id] then
        note("server", "seen before")
      else
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
  for try, wait in retry.waits{tries = 8, pause = 0.1} do
    client:send(id .. " add 1")
    local last = socket.gettime() + wait
    repeat
      client:settimeout(math.max(0, last - socket.gettime()))
      local answer = client:receive()
      local of, sum = (answer or ""):match("^(%d+) sum (%d+)$")
      if answer and (of == tostring(id) or not careful) then return sum, try end
    until not answer
    note("client", ("%.0f ms in vain"):format(wait * 1000))
  end
  error("no answer in 8 tries")
end

local function run(careful)
  events = {}
  local server, client, sum, tries = assert(socket.udp4()), assert(socket.udp4()), 0, 0
  assert(server:setsockname("127.0.0.1", 0))
  local host, port = server:getsockname()
  local account = serve(server, careful)
  local relay = assert(lossy.udp(host, port, {loss = args.loss, seed = args.luck, duplicate = 0.1, reorder = 0.1,
    hold = 0.25, watch = function(way, fate, data)
      if fate ~= "lost" and fate ~= "sent" then return end
      local from, to = "client", "server"
      if way == "back" then from, to = to, from end
      events[#events + 1] = {from = from, to = to, label = data, lost = fate == "lost"}
    end}))
  assert(client:setpeername(relay.host, relay.port))
  for id = 1, REQUESTS do
    local answer, try = ask(client, id, careful)
    sum, tries = tonumber(answer), tries + try
  end
  task.sleep(0.3) -- what is still under way arrives
  local c = relay.counts
  rows[#rows + 1] = {careful and "with ids" or "without ids", REQUESTS, tries, sum, account.sum, c.lost, c.repeated,
    c.reordered}
  relay:close()
end

run(false)
run(true)
print(tabulate(rows, {"", "add 1", "tries", "client's sum", "server's sum", "lost", "repeated", "overtaken"}))
print("\nwith ids:\n" .. ladder.draw(events, {actors = {"client", "server"}}))
