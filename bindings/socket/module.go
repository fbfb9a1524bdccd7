package socket

import (
	"os"
	"reflect"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// kinds are all kinds of sockets with their methods.
var kinds = []*kind{tcp, udp, unixStream, unixDgram}

func init() {
	tcp.methods = tcpMethods()
	udp.methods = udpMethods()
	unixStream.methods = unixStreamMethods()
	unixDgram.methods = unixDgramMethods()
}

// Module declares all that Lua sees as require "socket".
func Module() *decl.Module {
	return &decl.Module{
		Name: "socket", Aliases: []string{"socket.core"},
		Doc:    "TCP, UDP and Unix sockets with LuaSocket's interface; a call that waits parks only its task.",
		Source: source,
		Funcs:  shownAll("socket", functions()),
		Classes: []*decl.Class{
			classOf[*stream](tcp, "A TCP socket: tcp{master} when made, tcp{server} after listen, tcp{client} after connect or accept."),
			classOf[*dgram](udp, "A UDP socket: udp{unconnected}, or udp{connected} after setpeername."),
		},
		Consts: []decl.Const{
			{Name: "_VERSION", Value: "LuaSocket 3.1.0", Doc: "the interface that this is"},
			{Name: "_SETSIZE", Value: setSize, Doc: "select looks at descriptors below this"},
			{Name: "_DATAGRAMSIZE", Value: datagramSize, Doc: "default size of a datagram to receive"},
			{Name: "_SOCKETINVALID", Value: -1, Doc: "descriptor of a closed socket"},
			{Name: "BLOCKSIZE", Value: 2048, Doc: "bytes that a source reads at once"},
		},
		Setup: setup,
	}
}

func classOf[T any](k *kind, doc string) *decl.Class {
	c := &decl.Class{Name: k.name, Doc: doc, Type: reflect.TypeFor[T]()}
	for _, m := range k.methods {
		c.Methods = append(c.Methods, shown(k.name, m))
	}
	return c
}

func functions() []decl.Function {
	tcpResult := list(arg("socket", "tcp", "a tcp{master}"))
	udpResult := list(arg("socket", "udp", "a udp{unconnected}"))
	clientResult := list(arg("client", "tcp", "a tcp{client}"))
	connectArgs := list(addressArg, portArg, opt("local_address", "string", "", "address to bind first"),
		opt("local_port", "integer|string", `"0"`, "port to bind first"))
	return []decl.Function{
		fn("tcp", "Make a TCP socket whose family the first address settles.", newTCP("unspec"), nil, tcpResult),
		fn("tcp4", "Make an IPv4 TCP socket.", newTCP("inet"), nil, tcpResult),
		fn("tcp6", "Make an IPv6 TCP socket.", newTCP("inet6"), nil, tcpResult),
		fn("udp", "Make a UDP socket whose family the first address settles.", newDgram(udp, "unspec"), nil, udpResult),
		fn("udp4", "Make an IPv4 UDP socket.", newDgram(udp, "inet"), nil, udpResult),
		fn("udp6", "Make an IPv6 UDP socket.", newDgram(udp, "inet6"), nil, udpResult),
		waiting(fn("connect", "Connect to an address.", connectFunc,
			append(connectArgs, choice("family", `"unspec"`, families...)), clientResult), decl.Refused, decl.Timeout, decl.Unreachable),
		waiting(fn("connect4", "The same as connect with family inet.", connectFamily("inet"), connectArgs, clientResult), decl.Refused),
		waiting(fn("connect6", "The same as connect with family inet6.", connectFamily("inet6"), connectArgs, clientResult), decl.Refused),
		waiting(fn("bind", "Make a server: a socket that listens on an address.", bindFunc,
			list(arg("address", "string", "numeric address, host name, or * for 0.0.0.0"), portArg,
				opt("backlog", "integer", "32", "connections that may wait to be accepted")),
			list(arg("server", "tcp", "a tcp{server}"))), decl.Exists, decl.Denied),
		waiting(fn("select", "Wait until sockets can be read or written.", selectFunc,
			list(opt("readers", "table", "", "objects with getfd"), opt("writers", "table", "", "objects with getfd"),
				opt("timeout", "number", "-1", "seconds; negative: for ever")),
			list(arg("readable", "table", "the readers that are ready, by index and by object"),
				arg("writable", "table", "the writers that are ready"), arg("message", "string|nil", "timeout")))),
		waiting(fn("sleep", "Wait.", sleep, list(arg("seconds", "number", "negative is 0")), nil)),
		fn("gettime", "Return the time of the task's clock.", gettime, nil, list(arg("seconds", "number", "since 1970-01-01 UTC"))),
		example(fn("newtry", "Make a function that raises what protect catches when its first argument is false.", newtry,
			list(opt("finalizer", "function", "", "called before it raises")), list(arg("try", "function", "returns its arguments"))),
			`local f = socket.protect(function() socket.newtry()(nil, "no") end)
local _, message = f()
message --> no`),
		fn("try", "Return the arguments, or raise what protect catches when the first is false.", tryFunc,
			list(arg("value", "any", "a call's first result"), decl.Param{Name: "...", Type: "any", Variadic: true, Optional: true, Doc: "its others"}),
			list(decl.Param{Name: "...", Type: "any", Variadic: true, Doc: "the arguments"})),
		fn("source", "Make an LTN12 source that reads a socket.", choosing("sourcet"),
			list(choice("mode", `"until-closed"`, "by-length", "until-closed"), arg("socket", "table|userdata", "to receive from"),
				opt("length", "integer", "", "bytes, of by-length")),
			list(arg("source", "table", "called for the next chunk; select takes it in the socket's place"))),
		fn("sink", "Make an LTN12 sink that writes to a socket.", choosing("sinkt"),
			list(choice("mode", `"keep-open"`, "close-when-done", "keep-open"), arg("socket", "table|userdata", "to send to")),
			list(arg("sink", "table", "called with a chunk; select takes it in the socket's place"))),
		fn("protect", "Make f return nil and a message where a try in it failed.", protect,
			list(arg("f", "function", "to be called")), list(arg("protected", "function", "called as f is"))),
		example(fn("skip", "Return the arguments after the first n.", skip,
			list(arg("n", "integer", "how many to drop"), decl.Param{Name: "...", Type: "any", Variadic: true, Optional: true, Doc: "values"}),
			list(decl.Param{Name: "...", Type: "any", Variadic: true, Doc: "the rest"})), `socket.skip(1, "a", "b") --> b`),
		getaddrinfo,
		fn("choose", "Make a function that calls the entry of a table which its first argument names.", choose,
			list(arg("table", "table", "functions by name; default is called without a name")),
			list(arg("chooser", "function", "called with a name and two more arguments"))),
		fn("__unload", "Do nothing; LuaSocket has it.", func(*lua.LState) int { return 0 }, nil, nil),
	}
}

// setup adds what no record can say.
func setup(L *lua.LState, module *lua.LTable) {
	lib := libraryOf(L)
	lib.module = module
	lib.debug = os.Getenv("LUASOCKET_DEBUG") == "1"
	if lib.debug {
		module.RawSetString("_DEBUG", lua.LTrue)
	}
	// socket.core is the same table, whichever is required first.
	if loaded, ok := L.G.Registry.RawGetString("_LOADED").(*lua.LTable); ok {
		loaded.RawSetString("socket", module)
		loaded.RawSetString("socket.core", module)
	}
	installPumps(L, module)
	module.Metatable = functionTable(L, map[string]lua.LGFunction{"__index": lateUnix})
	module.RawSetString("dns", DNSModule().Table(L))
}
