package socket

import (
	"strings"

	"moonwire/host/decl"
)

// What examples begin with: a pair of connected ends.
const (
	tcpPair = `local server = socket.bind("127.0.0.1", 0)
local ip, port = server:getsockname()
local client = socket.connect(ip, port)
local peer = server:accept()
`
	tlsPair = tcpPair + `client = tls.wrap(client, {name = "server.example", ca = script.read("server.pem")})
peer = tls.wrap(peer, {mode = "server", cert = script.read("server.pem"), key = script.read("server.key")})
task.spawn(function() peer:handshake() end)
client:handshake()
`
	unixPair = `local unix, path = require "socket.unix", os.tmpname() os.remove(path)
local server = unix.stream() server:bind(path) server:listen()
local client = unix.stream() client:connect(path) os.remove(path)
local peer = server:accept()
`
	udpPair = `local peer = socket.udp() peer:setsockname("127.0.0.1", 0)
local ip, port = peer:getsockname()
local sock = socket.udp()
`
	unixDgramPair = `local unix, path = require "socket.unix", os.tmpname() os.remove(path)
local peer = unix.dgram() peer:bind(path)
local sock = unix.dgram() sock:connect(path) os.remove(path)
`
)

// examples are those of methods, by "kind:method".
var examples = map[string]string{
	"tcp:accept":      tcpPair + `peer.class --> tcp{client}`,
	"tcp:bind":        `local s = socket.tcp()` + "\n" + `s:bind("127.0.0.1", 0) --> 1`,
	"tcp:close":       tcpPair + "client:close() --> 1\npeer:receive() --> nil, closed, ",
	"tcp:connect":     tcpPair + "local s = socket.tcp()\ns:connect(ip, port) --> 1",
	"tcp:dirty":       tcpPair + "client:send(\"a\\nb\")\npeer:receive()\npeer:dirty() --> true",
	"tcp:getfamily":   `socket.tcp6():getfamily() --> inet6`,
	"tcp:getfd":       `socket.tcp():getfd() --> -1`,
	"tcp:getoption":   `socket.tcp4():getoption("keepalive") --> false`,
	"tcp:getpeername": tcpPair + "(client:getpeername()) --> 127.0.0.1",
	"tcp:getsockname": tcpPair + "select(3, client:getsockname()) --> inet",
	"tcp:getstats":    tcpPair + "client:send(\"12345\")\nselect(2, client:getstats()) > 4 --> true",
	"tcp:gettimeout":  "socket.tcp():gettimeout() --> -1, -1",
	"tcp:listen":      "local s = socket.tcp() s:bind(\"127.0.0.1\", 0)\ns:listen(5) --> 1\ns.class --> tcp{server}",
	"tcp:receive":     tcpPair + "client:send(\"one\\r\\ntwo\") client:close()\npeer:receive() --> one, nil, nil\npeer:receive(\"*l\") --> nil, closed, two",
	"tcp:send":        tcpPair + "client:send(\"hello\", 2, 3) --> 3, nil, nil\npeer:receive(2) --> el, nil, nil",
	"tcp:setfd":       tcpPair + "local s = socket.tcp() s:setfd(client:getfd())\n(s:getpeername()) --> 127.0.0.1",
	"tcp:setoption":   `socket.tcp4():setoption("tcp-nodelay", true) --> 1`,
	"tcp:setstats":    tcpPair + "client:setstats(7)\n(client:getstats()) --> 7",
	"tcp:settimeout":  tcpPair + "peer:settimeout(0.01) --> 1\npeer:receive() --> nil, timeout, ",
	"tcp:shutdown":    tcpPair + "client:shutdown(\"send\") --> 1\npeer:receive(\"*a\") --> nil, closed, ",

	"udp:close":       "local s = socket.udp4()\ns:close() --> 1\ns:getfd() --> -1",
	"udp:dirty":       "socket.udp():dirty() --> false",
	"udp:getfamily":   "socket.udp6():getfamily() --> inet6",
	"udp:getfd":       "socket.udp():getfd() --> -1",
	"udp:getoption":   `socket.udp4():getoption("broadcast") --> false`,
	"udp:getpeername": udpPair + "sock:setpeername(ip, port)\n(sock:getpeername()) --> 127.0.0.1",
	"udp:getsockname": udpPair + "(peer:getsockname()) --> 127.0.0.1",
	"udp:gettimeout":  "socket.udp():gettimeout() --> -1, -1",
	"udp:receive":     udpPair + "sock:sendto(\"hello\", ip, port)\npeer:receive(4) --> hell",
	"udp:receivefrom": udpPair + "sock:sendto(\"hello\", ip, port)\nlocal data, from = peer:receivefrom()\ndata, from --> hello, 127.0.0.1",
	"udp:send":        udpPair + "sock:setpeername(ip, port)\nsock:send(\"hello\") --> 5",
	"udp:sendto":      udpPair + `sock:sendto("hello", ip, port) --> 5`,
	"udp:setfd":       udpPair + "sock:setfd(peer:getfd())\n(sock:getsockname()) --> 127.0.0.1",
	"udp:setoption":   `socket.udp4():setoption("broadcast", true) --> 1`,
	"udp:setpeername": udpPair + "sock:setpeername(ip, port) --> 1\nsock:setpeername(\"*\") --> 1\nsock.class --> udp{unconnected}",
	"udp:setsockname": `socket.udp():setsockname("*", 0) --> 1`,
	"udp:settimeout":  udpPair + "peer:settimeout(0) --> 1\npeer:receive() --> nil, timeout",

	"unixstream:accept":      unixPair + "peer.class --> unixstream{client}",
	"unixstream:bind":        unixPair + "server:getsockname() == path --> true",
	"unixstream:close":       unixPair + "client:close() --> 1\npeer:receive() --> nil, closed, ",
	"unixstream:connect":     unixPair + "client.class --> unixstream{client}",
	"unixstream:dirty":       unixPair + "client:send(\"a\\nb\")\npeer:receive()\npeer:dirty() --> true",
	"unixstream:getfd":       unixPair + "client:getfd() > 0 --> true",
	"unixstream:getsockname": unixPair + "server:getsockname() == path --> true",
	"unixstream:getstats":    unixPair + "(client:getstats()) --> 0",
	"unixstream:gettimeout":  unixPair + "client:gettimeout() --> -1, -1",
	"unixstream:listen":      unixPair + "server.class --> unixstream{server}",
	"unixstream:receive":     unixPair + "client:send(\"one\\ntwo\")\npeer:receive() --> one, nil, nil",
	"unixstream:send":        unixPair + `client:send("hello") --> 5, nil, nil`,
	"unixstream:setfd":       unixPair + "client:setfd(-1)\nclient:getfd() --> -1",
	"unixstream:setoption":   unixPair + `client:setoption("keepalive", true) --> 1`,
	"unixstream:setstats":    unixPair + "client:setstats(7) --> 1",
	"unixstream:settimeout":  unixPair + "peer:settimeout(0) --> 1\npeer:receive() --> nil, timeout, ",
	"unixstream:shutdown":    unixPair + "client:shutdown(\"send\") --> 1\npeer:receive() --> nil, closed, ",

	"unixdgram:bind":        unixDgramPair + "peer:getsockname() == path --> true",
	"unixdgram:close":       unixDgramPair + "sock:close() --> 1",
	"unixdgram:connect":     unixDgramPair + "sock.class --> unixdgram{connected}",
	"unixdgram:dirty":       unixDgramPair + "peer:dirty() --> false",
	"unixdgram:getfd":       unixDgramPair + "sock:getfd() > 0 --> true",
	"unixdgram:getsockname": unixDgramPair + "peer:getsockname() == path --> true",
	"unixdgram:gettimeout":  unixDgramPair + "sock:gettimeout() --> -1, -1",
	"unixdgram:receive":     unixDgramPair + "sock:send(\"hello\")\npeer:receive() --> hello",
	"unixdgram:receivefrom": unixDgramPair + "sock:send(\"hello\")\npeer:receivefrom() --> hello, ",
	"unixdgram:send":        unixDgramPair + `sock:send("hello") --> 5`,
	"unixdgram:sendto":      unixDgramPair + "local other = unix.dgram()\nother:sendto(\"hello\", \"/no/such/name\") --> nil, No such file or directory",
	"unixdgram:setfd":       unixDgramPair + "sock:setfd(-1)\nsock:getfd() --> -1",
	"unixdgram:setoption":   unixDgramPair + `peer:setoption("reuseaddr", true) --> 1`,
	"unixdgram:settimeout":  unixDgramPair + "peer:settimeout(0) --> 1\npeer:receive() --> nil, timeout",

	"socket:tcp":     `socket.tcp().class --> tcp{master}`,
	"socket:tcp4":    `socket.tcp4():getsockname() --> 0.0.0.0, 0, inet`,
	"socket:tcp6":    `socket.tcp6():getsockname() --> ::, 0, inet6`,
	"socket:udp":     `socket.udp().class --> udp{unconnected}`,
	"socket:udp4":    `socket.udp4():getsockname() --> 0.0.0.0, 0, inet`,
	"socket:udp6":    `socket.udp6():getsockname() --> ::, 0, inet6`,
	"socket:connect": tcpPair + "socket.connect(ip, port).class --> tcp{client}\nsocket.connect(\"127.0.0.1\", 1) --> nil, connection refused",
	"socket:bind":    `socket.bind("*", 0):getfamily() --> inet4`,
	"socket:select":  tcpPair + "client:send(\"x\")\nsocket.select({peer}, nil, 1)[1] == peer --> true\nselect(3, socket.select({client}, nil, 0)) --> timeout",
	"socket:sleep":   `socket.sleep(0.001)` + "\nsocket.sleep(-1) --> ",
	"socket:gettime": `socket.gettime() > 1e9 --> true`,
	"socket:choose":  "local f = socket.choose{default = function() return 1 end, other = function(x) return x end}\nf() --> 1\nf(\"other\", 2) --> 2",

	"socket:connect4": tcpPair + "socket.connect4(ip, port).class --> tcp{client}",
	"socket:connect6": "local server = socket.bind(\"::1\", 0)\nlocal ip, port = server:getsockname()\nsocket.connect6(ip, port):getfamily() --> inet6",
	"socket:protect":  "local f = socket.protect(function(x) return socket.try(x, \"no\") end)\nf(1) --> 1, no\nf(nil) --> nil, no",
	"socket:__unload": `socket.__unload() --> `,

	"socket.unix:stream": `require "socket.unix".stream().class --> unixstream{master}`,
	"socket.unix:dgram":  `require "socket.unix".dgram().class --> unixdgram{unconnected}`,
	"socket.unix:":       `require "socket.unix"().class --> unixstream{master}`,

	"socket:try":    "socket.try(1, 2) --> 1, 2",
	"socket:source": tcpPair + "client:send(\"abc\") client:close()\nlocal source = socket.source(\"until-closed\", peer)\nsource() --> abc\nsource() --> nil",
	"socket:sink":   tcpPair + "local sink = socket.sink(\"close-when-done\", client)\nsink(\"abc\") sink()\npeer:receive(\"*a\") --> abc, nil, nil",

	"socket.dns:toip":        `(socket.dns.toip("127.0.0.1")) --> 127.0.0.1`,
	"socket.dns:tohostname":  `type(socket.dns.tohostname("127.0.0.1")) --> string`,
	"socket.dns:getaddrinfo": `socket.dns.getaddrinfo("::1")[1].family --> inet6`,
	"socket.dns:getnameinfo": `select(2, socket.dns.getnameinfo("127.0.0.1", 80)) --> http`,
	"socket.dns:gethostname": `#socket.dns.gethostname() > 0 --> true`,

	"socket.trace:stop": "local trace = require \"socket.trace\"\ntrace.start()\nsocket.tcp4():close()\n#trace.stop() --> 1",
}

// aliases are methods that another's example serves.
var aliases = strings.NewReplacer("tcp:setsockname", "tcp:bind", "tcp:setpeername", "tcp:connect",
	"unixstream:setsockname", "unixstream:bind", "unixstream:setpeername", "unixstream:connect",
	"unixdgram:setsockname", "unixdgram:bind", "unixdgram:setpeername", "unixdgram:connect")

// shown gives f its example; what stands above a socket has the examples of tcp's methods.
func shown(owner string, f decl.Raw) decl.Raw {
	if f.Example != "" || f.NoRun != "" {
		return f
	}
	f.Example = examples[aliases.Replace(owner+":"+f.Name)]
	if f.Example == "" {
		f.Example = examples["tcp:"+f.Name]
		if rest, paired := strings.CutPrefix(f.Example, tcpPair); paired {
			f.Example = tlsPair + rest
		}
	}
	return f
}

// shownAll is shown for a module's functions.
func shownAll(owner string, functions []decl.Function) []decl.Function {
	for i, f := range functions {
		if raw, ok := f.(decl.Raw); ok {
			functions[i] = shown(owner, raw)
		}
	}
	return functions
}
