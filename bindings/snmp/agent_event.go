package snmp

import (
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/events"
	"moonwire/host/decl"
	"moonwire/host/network/feed"
	"moonwire/host/snmp/agent"
)

const agentEventsName = "snmp.agent.events"

// agentEvent is what became of a message, as Lua sees it.
type agentEvent struct {
	Kind      string         `lua:"kind" doc:"answered, refused (by a report, or in silence) or dropped"`
	Time      time.Time      `lua:"time" doc:"seconds since 1970"`
	Source    netip.AddrPort `lua:"source" doc:"who asked, as ip:port"`
	Op        string         `lua:"op?" doc:"get, next, bulk or set"`
	Version   string         `lua:"version?" doc:"1, 2c or 3"`
	Community string         `lua:"community?" doc:"of versions 1 and 2c"`
	User      string         `lua:"user?" doc:"of version 3"`
	Context   string         `lua:"context?" doc:"which set of variables was asked"`
	Names     []string       `lua:"names" doc:"of variables that were asked for or set"`
	Status    string         `lua:"status?" doc:"of an answer that refuses, as noSuchName"`
	Index     int32          `lua:"index?" doc:"of the variable that the status is about"`
	Why       string         `lua:"why?" doc:"of a refusal or a drop"`
	Authentic bool           `lua:"authentic" doc:"false where RFC 3418 wants the trap authenticationFailure: community or digest is wrong"`
}

// A happening is an Event at an agent.
type happening struct {
	agent.Event
	handle *agentHandle
}

func agentEventMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "events", Why: "returns an iterator", Options: decl.OptionParams(events.Options{}), Blocks: true,
			Doc:     "Iterate over what becomes of messages from now on. A script that falls far behind loses events.",
			Results: []decl.Param{{Name: "iterator", Type: agentEventsName, Doc: "for a generic for"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}})
local all = a:events{timeout=5}
assert(snmp.open{host=a.address, timeout=5}):get("sysName.0")
local e = all()
e.kind, e.op, e.community, e.names[1] --> answered, get, public, sysName.0`,
			Run: func(L *lua.LState) int { return events.New(L, "snmp.agent:events", theAgent(L, "events")) }},
	}
}

func agentEventsClass() *decl.Class { return events.Class(agentEventsName, agentEventOf) }

// Listen begins to listen.
func (h *agentHandle) Listen() *feed.Listener[*happening] { return h.feed.Listen() }

// happened tells who listens.
func (h *agentHandle) happened(e agent.Event) {
	if h.feed.Heard() {
		h.feed.Tell(&happening{e, h})
	}
}

func agentEventOf(h *happening) any {
	e := agentEvent{Kind: h.Kind, Time: h.Time, Source: h.Source, Why: h.Why, Authentic: !h.Bad}
	if r := h.Request; r != nil && r.Known() {
		e.Version, e.Community, e.User, e.Context, e.Op = r.Version.String(), r.Community, r.User, r.Context, r.Type.String()
	}
	for _, v := range h.Names {
		e.Names = append(e.Names, h.handle.names.Name(v.Name))
	}
	if h.Event.Status != 0 {
		e.Status, e.Index = h.Event.Status.String(), h.Event.Index
	}
	return e
}
