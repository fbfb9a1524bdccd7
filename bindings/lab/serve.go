package lab

import (
	"maps"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

const servePrefix = "serve_"

// serves says whether a field of a host is a service's: serve_http.
func serves(key string) bool {
	return strings.HasPrefix(key, servePrefix) && len(key) > len(servePrefix)
}

// serve is host:serve(name, opts).
func serve(L *lua.LState) int {
	h := theHost(L, "lab{host}:serve")
	return h.serve(L, decl.String(L, "lab{host}:serve", 2), L.Get(3))
}

// server is the function behind host:serve_http{…}.
func (h *Host) server(L *lua.LState, key string) lua.LValue {
	return L.NewFunction(func(L *lua.LState) int {
		return theHost(L, "lab{host}:"+key).serve(L, strings.TrimPrefix(key, servePrefix), L.Get(2))
	})
}

// serve calls the function of stdlib's serve on the host, and pushes what it gives.
func (h *Host) serve(L *lua.LState, name string, opts lua.LValue) int {
	all, _ := stateOf(L).module(L, "serve").(*lua.LTable)
	fn, ok := all.RawGetString(name).(*lua.LFunction)
	if !ok {
		var names []string
		all.ForEach(func(k, _ lua.LValue) { names = append(names, k.String()) })
		slices.Sort(names)
		decl.RaiseUnknown(L, "module serve", name, names)
	}
	var args []lua.LValue
	if opts.Type() == lua.LTTable {
		args = append(args, opts)
	}
	results := decl.HostOf(L).With(L, h.in, fn, args...)
	for _, v := range results {
		L.Push(v)
	}
	return len(results)
}

// serveAll starts the services of lab{}'s nodes.
func (n *Net) serveAll(L *lua.LState, net lua.LValue, w *wishes) {
	for _, name := range slices.Sorted(maps.Keys(w.Nodes)) {
		services := w.Nodes[name].Services
		for _, service := range slices.Sorted(maps.Keys(services)) {
			h, err := n.Host(name)
			if err != nil {
				decl.Raisef(L, "lab: %s", err)
			}
			top := L.GetTop()
			count := (&Host{Host: h, net: n, held: net}).serve(L, service, services[service])
			if count > 1 && L.Get(-count) == lua.LNil {
				decl.Raisef(L, "lab: %s of %s: %s", service, name, L.Get(-count+1))
			}
			L.SetTop(top)
		}
	}
}
