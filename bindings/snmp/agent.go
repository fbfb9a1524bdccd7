package snmp

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync/atomic"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/callback"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/network"
	"moonwire/host/network/feed"
	"moonwire/host/snmp/agent"
)

// An agentHandle is an agent as a script has it.
type agentHandle struct {
	*agent.Agent
	callback.Script
	names    *mib.Tree
	scripted bool // some function of the script has a say
	errors   atomic.Uint64
	home     home
	problems []string // lines of recordings that were left out
	feed     *feed.Feed[*happening]
}

// Lasts says that an agent goes on when the script has lost it: it serves by itself.
func (h *agentHandle) Lasts() {}

// Close ends the agent, and who listens.
func (h *agentHandle) Close() error {
	h.home.leave()
	h.feed.Close()
	return h.Agent.Close()
}

// String names the agent, for leak reports too.
func (h *agentHandle) String() string { return h.Script.String() }

func agentFunctions() []decl.Function {
	return slices.Concat([]decl.Function{
		agentsFunction(),
		decl.Raw{Name: "agent", Why: "takes functions, and names as keys", Blocks: true, Run: newAgent,
			Options: decl.OptionParams(usualAgent()), Fails: []string{decl.Denied, decl.Exists, decl.NotFound, decl.Malformed},
			Source: "RFC 1157, RFC 3412 to RFC 3416, RFC 3584",
			Doc: "Be an SNMP agent, in versions 1, 2c and 3 at once. It serves by itself; where functions have a say, they are called while serve " +
				"runs.",
			Results: []decl.Param{{Name: "agent", Type: "snmp.agent", Doc: "that answers until it is closed"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["ifTable"]={{ifIndex=1, ifDescr="lo"}}}})
local s = assert(snmp.open{host=a.address, timeout=5})
s:get("sysName.0").value, s:getnext("ifDescr").name --> R2, ifDescr.1`},
	}, recordingFunctions())
}

func agentClasses() []*decl.Class {
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: "snmp.agent", Doc: "An SNMP agent.", Type: reflect.TypeFor[*agentHandle](), Methods: agentMethods(),
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, slices.Concat(agentFields(), homeFields())),
		requestClass(), agentEventsClass(), agentsClass(),
	}
}

const agentName = "snmp.agent"

// newAgent is snmp.agent{…}.
func newAgent(L *lua.LState) int {
	o := usualAgent()
	decl.Options(L, agentName, 1, &o)
	h := &agentHandle{Script: callback.New(L), names: treeOf(L)}
	h.OnError = func(string) { h.errors.Add(1) }
	h.feed = feed.New[*happening](network.ClockFrom(decl.HostOf(L).Context()))
	read := agentReader{L: L, handle: h, options: &o}
	c := agent.Options{Happened: h.happened}
	err := decl.HostOf(L).Block(L, func(ctx context.Context) error { return read.recordings(ctx) })
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", agentName, err))
	}
	if err := read.all(&c); err != nil {
		decl.Raisef(L, "bad option '%s' to '%s' (%s)", read.at, agentName, err)
	}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		if err = h.home.enter(ctx, &c); err != nil {
			return err
		}
		if h.Agent, err = agent.New(ctx, c); err != nil {
			h.home.leave()
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", agentName, err))
	}
	h.Name = fmt.Sprintf("snmp.agent %s", h.address())
	h.SetFaults(read.faults...)
	h.report(decl.HostOf(L))
	if o.Statistics {
		h.Tree("").Mount(h.Own()...)
	}
	h.home.begin(h.Agent)
	decl.HostOf(L).Own(L, h)
	L.Push(decl.NewUserData(L, h))
	return 1
}

// theAgent is argument 1 as an agent.
func theAgent(L *lua.LState, method string) *agentHandle {
	return decl.Self[*agentHandle](L, "snmp.agent:"+method, agentName)
}
