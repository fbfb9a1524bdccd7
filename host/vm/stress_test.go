package vm

import "testing"

// Tasks that spawn, wait, time out, cancel and yield in every order end with every value received once.
func TestStress(t *testing.T) {
	out, err := run(t, `
local task = require "task"
math.randomseed(1)
local ch, got, sent = task.channel(3), 0, 0
local consumers, producers = {}, {}
for i = 1, 40 do
  consumers[i] = task.spawn(function()
    local gen = coroutine.wrap(function()
      while true do
        local v, _, kind = ch:recv(math.random() / 500)
        if v then coroutine.yield(v) elseif kind == "closed" then return end
      end
    end)
    for v in gen do got = got + v end
  end)
end
task.group(function()
  for i = 1, 40 do
    task.spawn(function()
      for j = 1, 50 do
        local way = math.random(5)
        if way == 1 then
          if ch:send(1, math.random() / 500) then sent = sent + 1 end
        elseif way == 2 then
          local i = task.select{{ch, 1}, timeout = math.random() / 500}
          if i then sent = sent + 1 end
        elseif way == 3 then
          task.timeout(math.random() / 1000, function() task.sleep(math.random() / 1000) end)
        elseif way == 4 then
          local t = task.spawn(function() pcall(task.sleep, 60) end)
          if math.random(2) == 1 then task.sleep(0) end
          t:cancel()
          t:join()
        else
          task.race{function() task.sleep(math.random() / 1000) end, function() task.channel():recv() end}
        end
      end
    end)
  end
end)
ch:close()
for _, c in ipairs(consumers) do c:join() end
print(got == sent, sent > 100)`)
	if err != nil || out != "true\ttrue\n" {
		t.Fatal(out, err)
	}
}
