-- title: MTU sweep
-- about: the path MTU to each of several hosts at the same time, where the way gets narrow, and black holes by name
-- needs: net HOSTS/icmp; net HOSTS/udp; raw to HOSTS/icmp
-- arg:   hosts list of string = 10.0.11.2,10.0.13.2,fd00:13::2 | addresses or names
-- arg:   proto one of any|icmp|udp = any | echo requests, or datagrams to a port that nobody uses
-- arg:   wait seconds 0.05..60 = 1 | longest wait for an answer
-- lab:   mtu1300 on linux
-- shows:
--   host         MTU  told by  from hop      remark
--   ----------  ----  -------  ------------  ------
--   10.0.11.2   1500  probe    1 10.0.11.2
--   10.0.13.2   1300  ptb      2 10.0.12.2
--   fd00:13::2  1300  ptb      2 fd00:12::2
-- returns: list | a record for each host
--   host string | as it was given
--   mtu integer | of the path
--   method string | how that was told
--   hop string | the first one that the MTU comes from
--   remark string | what is wrong with the path or the host
-- see:   RFC 8899; tutorial/12_path_mtu; moonwire doc pmtu
-- categories: discovery, safe, mtu
-- author: the moonwire authors
-- version: 1.0

local pmtu, script, tabulate, task = require "pmtu", require "script", require "tabulate", require "task"
local args, found, rows, done = script.args(), {}, {}, 0
local opts = {timeout = args.wait, proto = args.proto ~= "any" and args.proto or nil}

-- narrowest names the first hop that no more than the path's MTU gets to.
local function narrowest(m)
  for _, hop in ipairs(m.hops) do
    if hop.mtu == m.mtu then return ("%d %s"):format(hop.ttl, hop.from) end
  end
end

task.group(function()
  for _, host in ipairs(args.hosts) do
    local row = {host}
    rows[#rows + 1] = row
    task.spawn(function()
      local m, problem = pmtu(host, opts)
      done = done + 1
      script.progress(done, #args.hosts, "hosts")
      if not m then
        row[2], row[5] = "?", problem
        return
      end
      found[host] = m
      row[2], row[3], row[4], row[5] = m.mtu, m.method, narrowest(m),
        m.blackhole and "black hole at " .. (m.blackhole.from or "this machine's link") or not m.reached and "no answer" or ""
    end)
  end
end)
print(tabulate(rows, {"host", "MTU", "told by", "from hop", "remark"}))
if not next(found) then script.nothing_found("no host answered") end
for i, row in ipairs(rows) do
  rows[i] = {host = row[1], mtu = tonumber(row[2]), method = row[3], hop = row[4], remark = row[5] ~= "" and row[5] or nil}
end
return rows
