--- insert
local t = {} table.insert(t, "a") table.insert(t, 1, "b") table.insert(t, 2, "c") table.insert(t, "d") print(table.concat(t, " ")) table.insert(t, #t + 1, "e") print(table.concat(t, " ")) local u = {1, 2, 3} table.insert(u, 1, nil) print(u[1], u[2], u[3], u[4])
--- insert beyond the ends
local t = {1, 2} table.insert(t, 5, "x") print(t[5], #t >= 2) t = {1, 2} table.insert(t, 0, "z") print(t[0], t[1], t[2], t[3]) t = {} table.insert(t, 1, "only") print(t[1])
--- remove
local t = {1, 2, 3, 4, 5} print(table.remove(t), table.remove(t, 1), table.remove(t, 2), table.concat(t, ",")) print(table.remove({}), table.remove({1}, 5), table.remove({1}, 0), select("#", table.remove({})), select("#", table.remove({1}, 3))) t = {"a"} print(table.remove(t, 1), #t)
--- concat
print(table.concat({}), table.concat({}, ","), table.concat({1}, ","), table.concat({1, "b", 3.5}, "-"), table.concat({1, 2, 3}, ",", 2), table.concat({1, 2, 3}, ",", 2, 3), table.concat({1, 2, 3}, ",", 3, 2), table.concat({"a", "b"}, 1), table.concat({1, 2}, nil)) print(#table.concat({("x"):rep(1000), ("y"):rep(1000)}))
--- sort
local t = {5, 2, 8, 1, 9, 3} table.sort(t) print(table.concat(t, " ")) table.sort(t, function(a, b) return a > b end) print(table.concat(t, " ")) t = {"banana", "apple", "Cherry", "10", "9"} table.sort(t) print(table.concat(t, " ")) t = {} table.sort(t) t = {1} table.sort(t) print(#t) table.sort({3, 1}, nil)
--- sort sees the same pairs
local log, t = {}, {5, 3, 4, 1, 2, 9, 7, 8, 6, 0} table.sort(t, function(a, b) log[#log + 1] = a .. "<" .. b return a < b end) print(table.concat(log, " "))
--- sort of equal keys
local t = {} for i = 1, 20 do t[i] = {k = i % 3, n = i} end table.sort(t, function(a, b) return a.k < b.k end) local s = {} for i = 1, 20 do s[i] = t[i].n end print(table.concat(s, " "))
--- sort many
local t, x = {}, 12345 for i = 1, 1000 do x = (x * 1103515245 + 12345) % 2147483648 t[i] = x end table.sort(t) local ok = true for i = 2, #t do ok = ok and t[i - 1] <= t[i] end print(ok, #t, t[1], t[1000])
--- sort with an invalid order function
print(pcall(table.sort, {1, 2, 3, 4, 5}, function() return true end)) local t = {} for i = 1, 100 do t[i] = i end print(pcall(table.sort, t, function() return true end))
--- sort with errors
print(pcall(table.sort, {1, 2, 3}, function(a, b) error("cmp", 0) end)) print(pcall(table.sort, {1, {}, 3})) print(pcall(table.sort, {1, nil, 3}))
--- sort sorted, reversed and equal
for _, f in ipairs{function(i) return i end, function(i) return -i end, function() return 0 end} do local t = {} for i = 1, 500 do t[i] = f(i) end table.sort(t) io.write(t[1], " ", t[500], " ") end print()
--- maxn, getn
print(table.maxn{}, table.maxn{1, 2, 3}, table.maxn{[10] = 1, [2.5] = 1, [-1] = 1}, table.maxn{[1e6] = true}, table.getn{1, 2}, table.maxn{x = 1})
--- foreach, foreachi
local s = 0 table.foreach({1, 2, 3}, function(k, v) s = s + k * v end) print(s) print(table.foreach({a = 1}, function(k, v) return k .. v end)) table.foreachi({5, 6, nil, 8}, function(i, v) io.write(i, "=", tostring(v), " ") end) print(table.foreachi({1, 2, 3}, function(i) if i == 2 then return "two" end end))
--- next
print(next({})) print(next({10})) print(next({10}, 1)) print(next({x = 1})) local t = {1, 2, 3} local n = 0 for k in next, t do n = n + k end print(n) print(pcall(next))
--- pairs order of lists
for k, v in pairs{1, 2, 3, 4, 5} do io.write(k, v, " ") end print() local t = {} for i = 1, 100 do t[i] = i end local s, last = 0, 0 for k, v in pairs(t) do assert(k > last) last = k s = s + v end print(s)
--- clearing while traversing
local t = {} for i = 1, 1000 do t[i] = i t["k" .. i] = i end local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end print(n, next(t))
t = {} for i = 1, 100 do t[i] = i end for k, v in pairs(t) do if v % 2 == 0 then t[k] = nil end end n = 0 for k, v in pairs(t) do n = n + v end print(n)
--- changing while traversing
local t = {a = 1, b = 2, c = 3, 10, 20} for k, v in pairs(t) do t[k] = v * 2 end print(t.a, t.b, t.c, t[1], t[2])
--- emptying by next
local t = {} for i = 1, 100 do t["x" .. i] = i end local n = 0 while next(t) do t[next(t)] = nil n = n + 1 end print(n)
--- stacks and queues
local s = {} for i = 1, 1000 do s[#s + 1] = i end local sum = 0 while #s > 0 do sum = sum + s[#s] s[#s] = nil end print(sum, #s) local q, first, last = {}, 1, 0 for i = 1, 1000 do last = last + 1 q[last] = i end sum = 0 while first <= last do sum = sum + q[first] q[first] = nil first = first + 1 end print(sum, next(q))
--- keys of every kind
local k1, k2 = {}, function() end local t = {[1] = "int", [1.5] = "float", ["1"] = "string", [true] = "bool", [k1] = "table", [k2] = "function", [-1] = "negative", [0] = "zero", [2^53] = "big"} print(t[1], t[1.5], t["1"], t[true], t[k1], t[k2], t[-1], t[0], t[2^53], t[false], t[2])
--- numbers as keys are normalized
local t = {} t[1] = "a" t[1.0] = "b" t[2^0] = "c" print(t[1], #t) t["1"] = "d" print(t[1], t["1"]) t[-0] = "zero" print(t[0])
--- ipairs stops at nil
local n = 0 for i, v in ipairs{1, 2, nil, 4} do n = n + 1 end print(n) for i in ipairs{} do print "never" end for i, v in ipairs{false, true} do io.write(tostring(v), " ") end print()
--- ipairs sees growth
local t, n = {1, 2, 3}, 0 for i, v in ipairs(t) do n = n + 1 if n < 5 then t[#t + 1] = v end end print(n)
--- nested tables
local t = {a = {b = {c = {1, 2, {3}}}}} print(t.a.b.c[3][1], #t.a.b.c) t.a.b.c[3][1] = "x" print(t.a.b.c[3][1])
--- removing keys and adding again
local t = {} for r = 1, 5 do for i = 1, 50 do t["k" .. i .. r] = i end for i = 1, 50 do t["k" .. i .. r] = nil end end print(next(t)) t.x = 1 print(next(t))
--- length after changes
local t = {1, 2, 3, 4} t[#t] = nil t[#t] = nil print(#t) t[#t + 1] = "x" print(#t, t[3]) t = {} t[1] = 1 t[2] = 2 t[3] = 3 t[3] = nil print(#t) t = {n = 1, [1] = "a", [2] = "b"} print(#t)
--- large lists
local t = {} for i = 1, 100000 do t[i] = i end print(#t, table.concat(t, ""):len(), #table.concat(t, ",")) for i = 100000, 1, -1 do t[i] = nil end print(#t)
--- filling backwards
local t = {} for i = 10, 1, -1 do t[i] = i end print(#t, t[1], t[10]) local n = 0 for k, v in pairs(t) do n = n + v end print(n)
--- table equality is identity
local a, b = {}, {} print(a == a, a == b, {} == {}, a ~= b) local t = {[a] = 1} print(t[a], t[b])
