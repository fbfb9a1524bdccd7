package tls

import (
	"time"

	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

const source = "RFC 8446; RFC 5246; RFC 6125 for names; RFC 7301 for alpn"

// pair is what examples begin with: a server with a certificate of its own, and a client that trusts it.
const pair = `local server = socket.bind("127.0.0.1", 0)
task.spawn(function()
  local opts = {mode = "server", cert = script.read("server.pem"), key = script.read("server.key")}
  tls.wrap(server:accept(), opts):receive()
end)
local ip, port = server:getsockname()
local client = tls.wrap(socket.connect(ip, port), {name = "server.example", ca = script.read("server.pem")})
`

var layer = socket.NewLayer("tls")

// Module declares all that Lua sees as require "tls".
func Module() *decl.Module {
	return &decl.Module{
		Name:    "tls",
		Doc:     "TLS above a connected stream socket, as client and as server.",
		Source:  source,
		Funcs:   []decl.Function{wrapFunction()},
		Classes: []*decl.Class{class},
		Setup:   func(L *lua.LState, _ *lua.LTable) { layer.Install(L) },
	}
}

var class = layer.Class("A TLS connection, with a tcp{client}'s methods. An error of TLS itself comes as its second result.",
	decl.Raw{
		Name: "handshake", Doc: "Agree on keys now. Otherwise the first send or receive does it.", Blocks: true,
		Results: []decl.Param{{Name: "ok", Type: "integer", Doc: "1"}},
		Fails:   []string{decl.Timeout, decl.Closed, decl.Denied, decl.Malformed}, Source: source,
		Example: pair + `client:handshake() --> 1`,
		Why:     "its object belongs to module socket", Run: handshake,
	},
	decl.Raw{
		Name: "info", Doc: "Tell what was agreed on, and the far end's certificates.", Fails: []string{decl.Closed},
		Results: []decl.Param{{Name: "session", Type: "table", Doc: "version, cipher, alpn, name, resumed, peer; a certificate has subject, issuer, names, serial, not_before, not_after, sha256, pem"}},
		Source:  source, Why: "its object belongs to module socket", Run: info,
		Example: pair + "client:handshake()\nclient:info().peer[1].subject --> CN=server.example",
	},
)

func wrapFunction() decl.Raw {
	return decl.Raw{
		Name: "wrap", Doc: "Put TLS above a connected socket, which is closed for everything else from then on.",
		Params:  []decl.Param{{Name: "socket", Type: "tcp", Doc: "a connected stream socket"}},
		Options: decl.OptionParams(defaults),
		Results: []decl.Param{{Name: "connection", Type: "tls", Doc: "a tls{client}, with the socket's timeouts"}},
		Fails:   []string{decl.Malformed, decl.NotFound, decl.Denied}, Source: source,
		Why: "takes the place of another module's object", Run: wrap,
		Example: pair + `client.class --> tls{client}`,
	}
}

// wrap is tls.wrap(socket, options).
func wrap(L *lua.LState) int {
	o := defaults
	decl.Options(L, "wrap", 2, &o)
	if m := o.misuse(); m != "" {
		decl.RaiseArg(L, 2, "wrap", m)
	}
	host := decl.HostOf(L)
	config, err := o.config(host.Context())
	if err != nil {
		return decl.Fail(L, err)
	}
	taken, ok := layer.Take(L, 1, "wrap")
	if !ok {
		decl.RaiseArg(L, 1, "wrap", decl.Expected(L, 1, "connected stream socket"))
	}
	c := newConn(taken.Conn, taken.Ahead, network.ClockFrom(host.Context()), config, o.Mode == "client")
	L.Push(layer.Wrap(L, taken, c))
	return 1
}

// handshake is connection:handshake().
func handshake(L *lua.LState) int {
	err := layer.Wait(L, "handshake", func(c network.Conn, until time.Time) error { return c.(*conn).handshake(until) })
	if err != nil {
		return layer.Fail(L, err)
	}
	L.Push(lua.LNumber(1))
	return 1
}

// info is connection:info().
func info(L *lua.LState) int {
	c, ok := layer.Conn(L).(*conn)
	if !ok {
		return decl.Fail(L, refusal(decl.Closed, "closed"))
	}
	L.Push(decl.Push(L, sessionOf(c.ConnectionState())))
	return 1
}
