function serve(opts, f)
  local listener = assert(socket.bind("127.0.0.1", 0))
  local _, port = listener:getsockname()
  task.spawn(function()
    local c = assert(listener:accept())
    listener:close()
    opts.mode, opts.cert, opts.key = "server", opts.cert or good, opts.key or good_key
    local s = assert(tls.wrap(c, opts))
    f(s)
    s:close()
  end)
  return assert(socket.connect("127.0.0.1", port))
end
function echo(s)
  for line in function() return (s:receive()) end do s:send(line .. "\n") end
end
---
-- client and server of one script
local c = assert(tls.wrap(serve({}, echo), {name = "server.test", ca = ca}))
c.class  --> tls{client}
c:handshake()  --> 1
select("#", c:send("hello\r\nwor"))  --> 3
c:receive()  --> hello, nil, nil
c:send("ld\n")  --> 3, nil, nil
c:receive(3)  --> wor, nil, nil
c:receive("*l", "wor")  --> world, nil, nil
c:settimeout(0.02)  --> 1
c:receive()  --> nil, timeout, 
c:settimeout(0)  --> 1
c:receive("*a", "pre")  --> nil, timeout, pre
c:settimeout(nil)  --> 1
c:send("again\n")  --> 6, nil, nil
c:receive()  --> again, nil, nil
local i = c:info()
i.version, i.name, i.peer[1].names[1], i.peer[1].subject, #i.peer[1].sha256  --> 1.3, server.test, server.test, CN=server.test, 64
c:close()  --> 1
c:close()  --> 1
c:receive()  --> nil, closed, 
c:getfd()  --> -1
c:handshake()  --> nil, closed, closed
---
-- a wrong name
local c = tls.wrap(serve({}, echo), {name = "other.test", ca = ca})
c:handshake()  --> nil, tls: certificate is for server.test, 127.0.0.1, not for other.test, denied
---
-- a certificate of the past
local c = tls.wrap(serve({cert = old, key = old_key}, echo), {name = "server.test", ca = ca})
local _, message, kind = c:handshake()
assert(message:find("^tls: certificate of CN=server.test is not valid at this time"), message)
kind  --> denied
---
-- signed by nobody we know
local c = tls.wrap(serve({}, echo), {name = "server.test"})
c:handshake()  --> nil, tls: certificate of CN=server.test is signed by nobody we trust, denied
---
-- anybody is good enough when one says so
local c = tls.wrap(serve({}, echo), {verify = false})
c:send("x\n")  --> 2, nil, nil
c:receive()  --> x, nil, nil
---
-- versions and protocols
local c = tls.wrap(serve({alpn = {"b", "a"}}, echo), {name = "server.test", ca = ca, max = "1.2", alpn = {"a", "c"}})
c:handshake()  --> 1
c:info().version, c:info().alpn  --> 1.2, a
---
-- no version in common
local c = tls.wrap(serve({min = "1.3"}, echo), {name = "server.test", ca = ca, max = "1.2"})
c:handshake()  --> nil, tls: the far end refused: protocol version not supported, denied
---
-- a client's certificate
local c = tls.wrap(serve({verify = true, ca = ca}, echo), {name = "server.test", ca = ca, cert = good, key = good_key})
c:send("x\n")  --> 2, nil, nil
c:receive()  --> x, nil, nil
---
-- no client's certificate
local answer = task.channel(1)
local c = tls.wrap(serve({verify = true, ca = ca}, function(s) answer:send{s:handshake()} end), {name = "server.test", ca = ca})
local _, message = c:receive()
message  --> tls: the far end refused: certificate required
local said = answer:recv()
said[1], said[2]  --> nil, tls: client didn't provide a certificate
---
-- something else than TLS
local listener = socket.bind("127.0.0.1", 0)
local c = socket.connect("127.0.0.1", (select(2, listener:getsockname())))
listener:accept():send("220 hello, this is no TLS\r\n")
tls.wrap(c, {name = "server.test"}):handshake()  --> nil, tls: the far end doesn't speak TLS, malformed
---
-- a handshake that must wait, and goes on later
local listener = socket.bind("127.0.0.1", 0)
local c = socket.connect("127.0.0.1", (select(2, listener:getsockname())))
c = tls.wrap(c, {name = "server.test", ca = ca})
c:settimeout(0.02)  --> 1
c:handshake()  --> nil, timeout, timeout
c:send("x")  --> nil, timeout, 0
local s = tls.wrap(listener:accept(), {mode = "server", cert = good, key = good_key})
task.spawn(function() s:handshake() end)
c:settimeout(nil)  --> 1
c:handshake()  --> 1
---
-- what a record holds is dirty, and select sees it
local c = tls.wrap(serve({}, function(s) s:send(("x"):rep(16000)) s:receive() end), {name = "server.test", ca = ca})
#c:receive(1)  --> 1
c:dirty()  --> true
#(socket.select({c}, nil, 0))  --> 1
#c:receive(15999)  --> 15999
c:dirty()  --> false
#(socket.select({c}, nil, 0.01))  --> 0
---
-- a writer that nobody reads stops, says how far it came, and goes on
local total, go = 4000000, task.channel(1)
local c = tls.wrap(serve({}, function(s) go:recv() total = #s:receive("*a") go:send(1) end), {name = "server.test", ca = ca})
c:settimeout(0.05)
local data = ("x"):rep(4000000)
local last, err, part = c:send(data)
assert(err == "timeout" and part < #data, err)
go:send(1)
c:settimeout(nil)
c:send(data, part + 1)  --> 4000000, nil, nil
c:close()
task.sleep(0.01) go:recv()
total  --> 4000000
---
-- one task reads while another writes
local c = tls.wrap(serve({}, echo), {name = "server.test", ca = ca})
local reader = task.spawn(function() local n = 0 for _ = 1, 500 do n = n + #c:receive() end return n end)
for i = 1, 500 do c:send(("y"):rep(i) .. "\n") end
reader:join()  --> 125250
---
-- a cancelled handshake
local listener = socket.bind("127.0.0.1", 0)
local c = socket.connect("127.0.0.1", (select(2, listener:getsockname())))
c = tls.wrap(c, {verify = false})
local t = task.spawn(function() c:handshake() end)
task.sleep(0.01)
t:cancel()
---
-- no name
tls.wrap(socket.tcp(), {})  --> error: bad argument #2 to 'wrap' (option 'name' is missing: it says who the server must be; verify = false accepts anybody)
---
-- no connection
tls.wrap(socket.tcp(), {name = "x"})  --> error: bad argument #1 to 'wrap' (connected stream socket expected, got tcp{master})
---
-- a misspelt option
tls.wrap(socket.tcp(), {nam = "x"})  --> error: did you mean 'name'?
---
-- certificates that are none
tls.wrap(socket.tcp(), {mode = "server", cert = "-----BEGIN nothing"})  --> nil, tls.wrap: cert and key: failed to find any PEM data in certificate input, malformed
tls.wrap(socket.tcp(), {name = "x", ca = "-----BEGIN nothing"})  --> nil, tls.wrap: ca has no certificate in PEM form, malformed
