package equal

import (
	"context"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A world is the five hosts' networks by name.
type world map[string]network.Network

// station says who a host is.
type station struct {
	name   string
	cards  []card
	router bool
	routes map[string]string // gateway by destination, beside the neighbours
}

// card is an interface. Its segment is the network's number: 10.0.N.0/24 and fd00:N::/64.
type card struct {
	name  string
	mac   string
	addrs []string
	mtu   int
}

// stations are the hosts of the network in the package's comment.
var stations = []station{
	{name: "client", cards: []card{{"eth0", "02:00:00:00:00:01", []string{"10.0.1.1/24", "fd00:1::1/64"}, 1500}},
		routes: map[string]string{"0.0.0.0/0": "10.0.1.254", "::/0": "fd00:1::fe"}},
	{name: "peer", cards: []card{{"eth0", "02:00:00:00:00:02", []string{"10.0.1.2/24", "fd00:1::2/64"}, 1500}},
		routes: map[string]string{"0.0.0.0/0": "10.0.1.254", "::/0": "fd00:1::fe"}},
	{name: "r1", router: true, cards: []card{
		{"eth0", "02:00:00:00:00:11", []string{"10.0.1.254/24", "fd00:1::fe/64"}, 1500},
		{"eth1", "02:00:00:00:00:12", []string{"10.0.2.1/24", "fd00:2::1/64"}, 1300}},
		routes: map[string]string{"10.0.3.0/24": "10.0.2.2", "fd00:3::/64": "fd00:2::2"}},
	{name: "r2", router: true, cards: []card{
		{"eth0", "02:00:00:00:00:21", []string{"10.0.2.2/24", "fd00:2::2/64"}, 1300},
		{"eth1", "02:00:00:00:00:22", []string{"10.0.3.254/24", "fd00:3::fe/64"}, 1500}},
		routes: map[string]string{"10.0.1.0/24": "10.0.2.1", "fd00:1::/64": "fd00:2::1"}},
	{name: "server", cards: []card{{"eth0", "02:00:00:00:00:03", []string{"10.0.3.1/24", "fd00:3::1/64"}, 1500}},
		routes: map[string]string{"0.0.0.0/0": "10.0.3.254", "::/0": "fd00:3::fe"}},
}

// prelude gives experiments the five hosts, as bindings/lab would, and told, which prints what a router or host said.
const prelude = `local client, peer, r1, r2, server = unpack((function() local all = {}
for i, name in ipairs{"client", "peer", "r1", "r2", "server"} do
  all[i] = setmetatable({name = name}, {__index = function(host, verb)
    return function(_, ...) return net[verb](name, ...) end
  end})
end
return all end)())
local function told(s)
  local kind, code, offender, mtu, info = s:error{timeout = 5}
  if not kind then return print(kind, code, offender) end
  print(kind, code, offender, mtu, info.origin, info.kind, info.message, info.to, #info.payload)
end`

// module is what experiments know as net: each function's first argument is a host's name.
func (w world) module() *decl.Module {
	config := func(name, doc string, change func(c network.Configurator, L *lua.LState) error) decl.Function {
		return decl.Raw{Name: name, Doc: doc, Why: "of a test", Run: func(L *lua.LState) int {
			if err := change(w[L.CheckString(1)].Config(), L); err != nil {
				return decl.Fail(L, err)
			}
			L.Push(lua.LTrue)
			return 1
		}}
	}
	prefix := func(L *lua.LState, n int) netip.Prefix { return netip.MustParsePrefix(L.CheckString(n)) }
	route := func(L *lua.LState) network.Route {
		r := network.Route{Dst: prefix(L, 2), Interface: L.OptString(4, "")}
		r.Gateway, _ = netip.ParseAddr(L.OptString(3, ""))
		return r
	}
	return &decl.Module{Name: "net", Doc: "The network of the experiments.", Funcs: []decl.Function{
		decl.Raw{Name: "run", Doc: "Call a function on a host.", Why: "of a test", Run: w.run},
		decl.Raw{Name: "spawn", Doc: "Start a task on a host.", Why: "of a test", Run: w.spawn},
		config("up", "Switch an interface on or off.", func(c network.Configurator, L *lua.LState) error {
			return c.SetUp(L.CheckString(2), L.CheckBool(3))
		}),
		config("mtu", "Set an interface's MTU.", func(c network.Configurator, L *lua.LState) error {
			return c.SetMTU(L.CheckString(2), L.CheckInt(3))
		}),
		config("forwarding", "Make a host a router, or not.", func(c network.Configurator, L *lua.LState) error {
			return c.SetForwarding(L.CheckBool(2))
		}),
		config("add_address", "Give an interface an address.", func(c network.Configurator, L *lua.LState) error {
			return c.AddAddr(L.CheckString(2), prefix(L, 3))
		}),
		config("del_address", "Take an interface's address.", func(c network.Configurator, L *lua.LState) error {
			return c.DelAddr(L.CheckString(2), prefix(L, 3))
		}),
		config("add_route", "Add a route.", func(c network.Configurator, L *lua.LState) error { return c.AddRoute(route(L)) }),
		config("del_route", "Delete a route.", func(c network.Configurator, L *lua.LState) error { return c.DelRoute(route(L)) }),
		decl.Raw{Name: "routes", Doc: "A host's routes, as lines.", Why: "of a test", Run: w.routes},
		decl.Raw{Name: "next_hop", Doc: "How packets to an address leave.", Why: "of a test", Run: w.nextHop},
	}}
}

func (w world) run(L *lua.LState) int {
	results := decl.HostOf(L).With(L, w.in(L), L.CheckFunction(2), rest(L)...)
	for _, v := range results {
		L.Push(v)
	}
	return len(results)
}

func (w world) spawn(L *lua.LState) int {
	in := w.in(L)
	fn, args := L.CheckFunction(2), rest(L)
	spawn := L.GetField(L.GetGlobal("task"), "spawn").(*lua.LFunction)
	results := decl.HostOf(L).With(L, in, spawn, append([]lua.LValue{fn}, args...)...)
	L.Push(results[0])
	return 1
}

// in is the way into a host's network.
func (w world) in(L *lua.LState) func(context.Context) context.Context {
	n := w[L.CheckString(1)]
	return func(ctx context.Context) context.Context { return network.With(ctx, n) }
}

// rest are the arguments behind the function's.
func rest(L *lua.LState) (args []lua.LValue) {
	for i := 3; i <= L.GetTop(); i++ {
		args = append(args, L.Get(i))
	}
	return args
}

func (w world) routes(L *lua.LState) int {
	list, err := w[L.CheckString(1)].Routes()
	if err != nil {
		return decl.Fail(L, err)
	}
	out := L.NewTable()
	for _, r := range list {
		line := r.Dst.String() + " " + r.Interface
		if r.Gateway.IsValid() {
			line += " via " + r.Gateway.String()
		}
		out.Append(lua.LString(line))
	}
	L.Push(out)
	return 1
}

func (w world) nextHop(L *lua.LState) int {
	ctx := context.Background()
	hop, err := w[L.CheckString(1)].NextHop(ctx, netip.MustParseAddr(L.CheckString(2)), L.OptString(3, ""))
	if err != nil {
		return decl.Fail(L, err)
	}
	L.Push(lua.LString(hop.Interface))
	L.Push(lua.LString(hop.Src.String()))
	L.Push(lua.LString(hop.Addr.String()))
	L.Push(lua.LNumber(hop.MTU))
	return 4
}
