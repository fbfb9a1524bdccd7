package snmp

import (
	"context"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
)

// engineTable is an engine as Lua sees it.
type engineTable struct {
	ID         string `lua:"id" doc:"in hexadecimal digits, as options take it"`
	Text       string `lua:"text" doc:"what the id says: Cisco, mac 00:ca:fe:00:00:01"`
	Enterprise uint32 `lua:"enterprise" doc:"number of who made the engine, below 1.3.6.1.4.1"`
	Vendor     string `lua:"vendor?" doc:"name of the enterprise, when it is a common one"`
	Format     string `lua:"format" doc:"of the rest: ipv4, ipv6, mac, text, octets, net-snmp (by chance and time), enterprise (its own), reserved or malformed"`
	Value      string `lua:"value" doc:"the rest, by its format"`
	Boots      int32  `lua:"boots" doc:"how often the engine started; at 2147483647 it takes no authenticated message any more"`
	Time       int32  `lua:"time" doc:"seconds since it did"`
}

func tableOfEngine(e manager.Engine) engineTable {
	d := e.ID.Describe()
	return engineTable{e.ID.String(), d.String(), d.Enterprise, d.Name, d.Format, d.Value, e.Boots, e.Time}
}

func engineFunctions() []decl.Function { return []decl.Function{discoverFunction()} }

// discoverArgs are snmp.discover's.
type discoverArgs struct {
	Host      string        `lua:"host" doc:"name or address of the agent; a port may follow, as in 10.0.0.1:1161"`
	Port      uint16        `lua:"opts.port" range:"1..65535" doc:"port of the agent"`
	Transport string        `lua:"opts.transport" choices:"udp|tcp|udp4|udp6|tcp4|tcp6" doc:"how messages travel"`
	Timeout   time.Duration `lua:"opts.timeout" range:"0.001..86400" doc:"wait for the answer to each sending, in seconds"`
	Retries   int           `lua:"opts.retries" range:"0..1000" doc:"sendings after the first"`
}

// discoverFails are the kinds of refusal of discovery.
var discoverFails = []string{decl.Timeout, decl.Refused, decl.Unreachable, decl.Closed, decl.Malformed, decl.NotFound, decl.Denied}

func discoverFunction() decl.Function {
	return decl.Fn[discoverArgs, engineTable]{
		Name: "discover", Blocks: true, Fails: discoverFails,
		Default: discoverArgs{Port: 161, Transport: "udp", Timeout: manager.DefaultTimeout, Retries: manager.DefaultRetries},
		Source:  "RFC 3414 section 4; RFC 3411 section 5 (SnmpEngineID)",
		Doc: "Ask an agent of version 3 for its engine: a question without user, in clear, that asks for a report. No password is needed, " +
			"and every agent of version 3 answers. Sessions discover by themselves.",
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", users={{user="u"}}})
local e = assert(snmp.discover(a.address))
e.enterprise, e.boots --> 32473, 1`,
		Run: func(ctx context.Context, a discoverArgs) (engineTable, error) {
			o := manager.Options{Addr: hostPort(a.Host, a.Port), Network: a.Transport, Version: message.V3, Timeout: a.Timeout, Retries: a.Retries}
			if a.Retries == 0 {
				o.Retries = -1
			}
			s, err := manager.Open(ctx, o)
			if err != nil {
				return engineTable{}, fmt.Errorf("snmp.discover: %w", err)
			}
			defer s.Close()
			e, err := s.Discover(ctx)
			if err != nil {
				return engineTable{}, fmt.Errorf("snmp.discover: %w", err)
			}
			return tableOfEngine(e), nil
		},
	}
}

// discoverMethod is s:discover().
func discoverMethod() decl.Function {
	return decl.Fn[sessionArgs, engineTable]{
		Name: "discover", Blocks: true, Fails: append([]string{decl.Unsupported}, discoverFails...),
		Source: "RFC 3414 section 4",
		Doc: "Ask the agent for its engine, and take what it says for the questions that follow. A session of version 3 does so by itself " +
			"before its first question, and again when the agent tells of another id.",
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", users={{user="u"}}})
local s = assert(snmp.open{host=a.address, user="u"})
s:discover().id == s.engine.id --> true`,
		Run: func(ctx context.Context, a sessionArgs) (engineTable, error) {
			e, err := a.Self.Discover(ctx)
			if err != nil {
				return engineTable{}, fmt.Errorf("snmp.session:discover: %w", err)
			}
			return tableOfEngine(e), nil
		},
	}
}

// engineField is s.engine.
func engineField() decl.Reading[*session] {
	return decl.Reading[*session]{
		Param: decl.Param{Name: "engine", Type: "table|nil", Fields: decl.OptionParams(engineTable{}),
			Doc: "what is known of the agent's engine; nil before it was discovered, and in versions 1 and 2c"},
		Get: func(L *lua.LState, s *session) lua.LValue {
			if e, known := s.Engine(); known {
				return decl.Push(L, tableOfEngine(e))
			}
			return lua.LNil
		},
	}
}
