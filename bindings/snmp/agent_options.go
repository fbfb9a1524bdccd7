package snmp

import (
	"errors"
	"fmt"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// agentOptions are snmp.agent's.
type agentOptions struct {
	Port       uint16                 `lua:"port?" doc:"0: one that is free"`
	Address    lua.LValue             `lua:"address?" type:"string|string[]" doc:"own addresses; else all of them, of IPv4 and IPv6"`
	Transport  lua.LValue             `lua:"transport?" type:"string|string[]" doc:"udp, tcp or both, which is usual"`
	Tree       *lua.LTable            `lua:"tree?" type:"table" doc:"what it tells: names with values, with rows, or with functions"`
	From       string                 `lua:"from?" doc:"file of a recording: .snmprec, or what snmpwalk -On printed; tree goes before it"`
	Contexts   map[string]contextSpec `lua:"contexts?" doc:"further sets of variables by the names of contexts"`
	OnGet      *lua.LFunction         `lua:"on_get?" type:"fun(request: snmp.request): any, string?" doc:"sees each variable that is told; what it returns is told instead, nil leaves it"`
	OnSet      *lua.LFunction         `lua:"on_set?" type:"fun(request: snmp.request): any, string?" doc:"sees each variable that is to be set before anything is; false refuses, or nil and an error status's name"`
	Writable   lua.LValue             `lua:"writable?" type:"boolean|string[]" doc:"which variables of tree and recording may be set: those below these names, or all"`
	Creatable  []string               `lua:"creatable?" doc:"names below which a set may make variables that aren't there"`
	Host       *hostOptions           `lua:"host?" doc:"tell of the host where the task runs, in the context without a name: its system, interfaces, addresses, neighbours, routes, sockets and counters as they are at each question, and notify others of what happens to it"`
	Statistics bool                   `lua:"statistics?" doc:"tell of the agent itself too: sysUpTime, the groups snmp and snmpEngine, the statistics of version 3"`
	agentAccess
	Engine  string     `lua:"engine?" doc:"id of its engine in hexadecimal digits; else one by chance"`
	Boots   int32      `lua:"boots?" range:"1..2147483646" doc:"how often its engine started"`
	MaxSize int        `lua:"max_size?" range:"484..1048576" doc:"longest message in bytes that it sends; by UDP 65507 at most"`
	Faults  lua.LValue `lua:"faults?" type:"table" doc:"how it errs on purpose: one table as agent:fault takes it, or a list of them"`
}

// contextSpec is an entry of the option contexts.
type contextSpec struct {
	Tree *lua.LTable `lua:"tree?" type:"table" doc:"as the agent's"`
	From string      `lua:"from?" doc:"as the agent's"`
}

func usualAgent() agentOptions {
	return agentOptions{Port: 161, Boots: 1, MaxSize: 65507}
}

// An agentReader makes an agent of a script's options. at is the option at fault.
type agentReader struct {
	L        *lua.LState
	handle   *agentHandle
	options  *agentOptions
	at       string
	recorded map[string]*recorded // by file
	faults   []agent.Fault
}

func (r *agentReader) all(c *agent.Options) (err error) {
	o := r.options
	c.Port, c.Boots, c.MaxSize = o.Port, o.Boots, o.MaxSize
	c.Objects = objectsOf(r.handle.names)
	for _, step := range []struct {
		option string
		read   func() error
	}{
		{"address", func() (err error) { c.Addresses, err = addressesOf(o.Address); return err }},
		{"transport", func() (err error) { c.UDP, c.TCP, err = transportsOf(o.Transport); return err }},
		{"engine", func() (err error) { c.Engine, err = engineOption("engine", o.Engine); return err }},
		{"tree", func() error { return r.trees(c) }},
		{"views", func() error { return r.access(c) }},
		{"host", func() error { return r.host(c) }},
		{"faults", func() (err error) { r.faults, err = faultsOf(r.L, r.handle.names, o.Faults); return err }},
	} {
		if r.at = step.option; err == nil {
			if err = step.read(); err != nil {
				var bad *decl.ArgError
				if errors.As(err, &bad) && bad.Param != "" {
					r.at = bad.Param
				}
				return err
			}
		}
	}
	if o.OnGet != nil || o.OnSet != nil {
		r.handle.scripted = true
		c.Hook = &scriptHook{r.handle, o.OnGet, o.OnSet}
	}
	return nil
}

func addressesOf(v lua.LValue) (list []netip.Addr, err error) {
	words, err := several.Words(v)
	for _, w := range words {
		a, err := netip.ParseAddr(w)
		if err != nil {
			return nil, fmt.Errorf("ip expected, got '%s'", w)
		}
		list = append(list, a)
	}
	return list, err
}

func transportsOf(v lua.LValue) (udp, tcp bool, err error) {
	words, err := several.Words(v)
	for _, w := range words {
		switch w {
		case "udp":
			udp = true
		case "tcp":
			tcp = true
		default:
			return false, false, fmt.Errorf("udp or tcp expected, got '%s'", w)
		}
	}
	return udp || len(words) == 0, tcp || len(words) == 0, err
}

// objectsOf tells of which object a variable is an instance.
func objectsOf(names *mib.Tree) func(oid.OID) (oid.OID, bool) {
	return func(name oid.OID) (oid.OID, bool) {
		n, _ := names.Prefix(name)
		if n == nil || !n.Kind.Object() {
			return nil, false
		}
		return n.OID, true
	}
}

// trees makes what is told in each context.
func (r *agentReader) trees(c *agent.Options) error {
	c.Trees = map[string]*agent.Tree{}
	specs := map[string]contextSpec{"": {Tree: r.options.Tree, From: r.options.From}}
	for name, spec := range r.options.Contexts {
		specs[name] = spec
	}
	for name, spec := range specs {
		t, err := r.tree(spec)
		if err != nil {
			return err
		}
		c.Trees[name] = t
	}
	return nil
}

// tree makes what is told in a context.
func (r *agentReader) tree(spec contextSpec) (*agent.Tree, error) {
	read := treeReader{L: r.L, handle: r.handle, names: r.handle.names}
	if spec.Tree != nil {
		r.at = "tree"
		if err := read.table(spec.Tree); err != nil {
			return nil, err
		}
	}
	t, err := r.base(spec.From, read.vars)
	if err != nil {
		return nil, err
	}
	t.Mount(read.mounts...)
	for _, root := range read.writable {
		t.Allow(root, agent.Permit{Check: fitsMIB(r.handle.names)})
	}
	r.at = "writable"
	return t, r.permits(t)
}

// permits lets variables be set as the options writable and creatable say.
func (r *agentReader) permits(t *agent.Tree) error {
	check := fitsMIB(r.handle.names)
	switch v := r.options.Writable.(type) {
	case nil, *lua.LNilType:
	case lua.LBool:
		if v {
			t.Allow(nil, agent.Permit{Check: check})
		}
	default:
		words, err := several.Words(v)
		if err != nil {
			return err
		}
		if err := r.allow(t, words, agent.Permit{Check: check}); err != nil {
			return err
		}
	}
	r.at = "creatable"
	return r.allow(t, r.options.Creatable, agent.Permit{Check: check, New: true})
}

func (r *agentReader) allow(t *agent.Tree, words []string, p agent.Permit) error {
	for _, w := range words {
		o, err := resolve(r.handle.names, w)
		if err != nil {
			return err
		}
		t.Allow(o, p)
	}
	return nil
}

// fitsMIB says what a MIB has against a value, in the order of RFC 3416 section 4.2.5.
func fitsMIB(names *mib.Tree) func(message.Var) message.ErrorStatus {
	return func(v message.Var) message.ErrorStatus {
		n, _ := names.Prefix(v.Name)
		if n == nil || n.Syntax == nil {
			return message.NoError
		}
		return misfit(n.Syntax, v.Value)
	}
}
