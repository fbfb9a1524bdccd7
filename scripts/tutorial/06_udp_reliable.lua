-- title: Requests that survive a bad network
-- about: datagrams get lost, repeated and overtaken, and that is the program's business: each request has an id, is
--        repeated with growing pauses, and when it comes twice it is answered twice but done once
-- arg:   loss number 0..0.9 = 0.25 | share of datagrams lost, each way
-- arg:   luck integer 1.. = 21 | which ones: the same number, the same fate
-- shows:
--   from one: 10.0.1.1 port 48743
--   from another: 10.0.1.1 port 35131
--
--   requests     add 1  tries  client's sum  server's sum  lost  doubled  overtaken
--   -----------  -----  -----  ------------  ------------  ----  -------  ---------
--   without ids      4      7             5             7     3        1          2
--   with ids         4      7             4             4     3        1          2
--
--   with ids:
--    client                            server
--      |----- 1 add 1 ------x             |
--      | 150 ms in vain                   |
--      |-------- 1 add 1, again --------->|
--      |             x------ 1 sum 1 -----|
--      | 300 ms in vain                   |
--      |-------- 1 add 1, again --------->|
--      |<--------- 1 sum 1, again --------|
--      |------------ 2 add 1 ------------>|
--      |<------------ 2 sum 2 ------------|
--      |------------ 3 add 1 ------------>|
--      |<------------ 3 sum 3 ------------|
--      |------------ 4 add 1 ------------>|
--      |<------- 4 sum 4, reordered ------|
--      | 150 ms in vain                   |
--      |-- 4 add 1, again, duplicated --->|
--      |<--- 4 sum 4, again, reordered ---|
--      |          x---- 4 sum 4, again ---|
-- see:   RFC 768; RFC 8085 section 3.1; tutorial/07_udp_audio
-- categories: tutorial, udp

local lab, ladder, retry, script = require "lab", require "ladder", require "retry", require "script"
local socket, tabulate, task = require "socket", require "tabulate", require "task"
local args, events, rows = script.args(), {}, {}
local REQUESTS = 4

-- Two hosts on a wire of our own. What goes wrong there follows from the seed.
local function network() return lab{"client -- server", seed = args.luck, delay = 0.02} end

local function bound(port)
  local s = assert(socket.udp4())
  assert(s:setsockname("*", port))
  return s
end

-- Ports tell programs apart: one socket hears everybody, and each datagram says which address and port it came from.
-- There is no connection to make and none to end: right for many clients with little to say.
local good = network()
local everybody = good.server:run(bound, 7000)
for _, name in ipairs{"one", "another"} do
  good.client:run(function() socket.udp4():sendto("from " .. name, good.server.address, 7000) end)
  print(("%s: %s port %d"):format(everybody:receivefrom()))
end
good:close()
print()

-- The server keeps an account. A careful one remembers its answers by id and repeats them; the other one adds as often
-- as it hears it.
local function serve(server, account, careful)
  local answers = {}
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

-- watch notes what the wire carries, and what it loses.
local function watch(frames)
  local told = {}
  for p, meta in frames do
    local text = p.raw.load
    events[#events + 1] = {from = meta.from, to = meta.from == "client" and "server" or "client", lost = meta.drop ~= nil,
      label = text .. (told[text] and ", again" or "") .. (meta.note and ", " .. meta.note or "")}
    told[text] = true
  end
end

local function run(careful)
  local net, account, sum, tries = network(), {sum = 0}, 0, 0
  local server, client = net.server:run(bound, 7000), net.client:run(bound, 0)
  client:setpeername(net.server.address, 7000)
  client:send("the first frames ask for MAC addresses, while all is well")
  server:receivefrom()
  net.server:daemon(serve, server, account, careful)
  net:link("client--server"):impair{loss = args.loss, duplicate = 0.1, reorder = 0.1, late = 0.35, delay = 0.02}
  events = {}
  task.daemon(watch, net:sniff("client--server", {filter = "udp", lost = true}))
  for id = 1, REQUESTS do
    local answer, try = ask(client, id, careful)
    sum, tries = tonumber(answer), tries + try
  end
  task.sleep(0.5) -- what is still under way arrives
  local there, back = net:link("client--server"):stats().client, net:link("client--server"):stats().server
  rows[#rows + 1] = {careful and "with ids" or "without ids", REQUESTS, tries, sum, account.sum, there.lost + back.lost,
    there.duplicated + back.duplicated, there.reordered + back.reordered}
end

run(false)
run(true)
print(tabulate(rows, {"requests", "add 1", "tries", "client's sum", "server's sum", "lost", "doubled", "overtaken"}))
print("\nwith ids:\n" .. ladder.draw(events, {actors = {"client", "server"}}))
