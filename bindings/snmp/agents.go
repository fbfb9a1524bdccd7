package snmp

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/callback"
	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/network/feed"
	"moonwire/host/snmp/agent"
)

// An agentCrowd is many agents that have most of what they tell in common.
type agentCrowd struct{ list []*agentHandle }

// String says how many there are.
func (c *agentCrowd) String() string { return fmt.Sprintf("snmp.agents %d", len(c.list)) }

// Lasts says that the agents go on when the script has lost them.
func (c *agentCrowd) Lasts() {}

// Close ends all.
func (c *agentCrowd) Close() error {
	var errs []error
	for _, h := range c.list {
		errs = append(errs, h.Close())
	}
	return errors.Join(errs...)
}

// crowdOptions are snmp.agents'.
type crowdOptions struct {
	agentOptions
	Count int            `lua:"count?" range:"1..65535" doc:"how many; on ports from port on, or each on one that is free"`
	At    lua.LValue     `lua:"at?" type:"string[]" doc:"in place of count: where each listens, as ip:port, or ip and the option port"`
	Each  *lua.LFunction `lua:"each?" type:"fun(i: integer): table" doc:"what agent number i tells otherwise, as the option tree has it"`
}

const agentsName = "snmp.agents"

func agentsFunction() decl.Function {
	usual := crowdOptions{agentOptions: usualAgent()}
	return decl.Raw{Name: "agents", Why: "takes names as keys, and a function", Blocks: true, Run: newAgents, Options: decl.OptionParams(usual),
		Fails: []string{decl.Denied, decl.Exists, decl.NotFound, decl.Malformed, decl.Unsupported},
		Doc: "Be many SNMP agents at once, by UDP unless transport says otherwise. They share what they have in common; what managers set, " +
			"faults and engines are each one's own. Functions of the script have no say in them.",
		Results: []decl.Param{{Name: "agents", Type: agentsName, Doc: "list of agents, which answer until they are closed"}},
		Example: `local all = assert(snmp.agents{count=3, port=0, tree={["sysDescr.0"]="simulated"}, each=function(i) return {["sysName.0"]="R" .. i} end})
local s = assert(snmp.open{host=all.addresses[2], timeout=5})
local name, descr = s:get("sysName.0", "sysDescr.0")
#all, name.value, descr.value, all[3]:get("sysName.0") --> 3, R2, simulated, R3`}
}

func agentsClass() *decl.Class {
	c := decl.Reads(&decl.Class{Name: agentsName, Doc: "Many SNMP agents, by number; # is how many.", Type: reflect.TypeFor[*agentCrowd](),
		Methods: []decl.Function{
			decl.Fn[crowdArgs, decl.Done]{Name: "close", Doc: "End all agents. It may be called twice.",
				Example: `local all = assert(snmp.agents{count=2, port=0})
all:close() --> true`,
				Run: func(_ context.Context, a crowdArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
		},
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__len": func(L *lua.LState) int {
			L.Push(lua.LNumber(len(decl.Self[*agentCrowd](L, agentsName, agentsName).list)))
			return 1
		}}}, []decl.Reading[*agentCrowd]{
		{Param: decl.Param{Name: "addresses", Type: "string[]", Doc: "where to ask each, as ip:port; what snmp.poll takes"},
			Get: func(L *lua.LState, c *agentCrowd) lua.LValue {
				t := L.CreateTable(len(c.list), 0)
				for i, h := range c.list {
					t.RawSetInt(i+1, lua.LString(h.address()))
				}
				return t
			}},
	})
	c.Nth = func(L *lua.LState, self any, n int) (lua.LValue, bool) {
		if list := self.(*agentCrowd).list; n >= 1 && n <= len(list) {
			return decl.NewUserData(L, list[n-1]), true
		}
		return lua.LNil, true
	}
	return c
}

type crowdArgs struct {
	Self *agentCrowd `lua:"self"`
}

// newAgents is snmp.agents{…}.
func newAgents(L *lua.LState) int {
	o := crowdOptions{agentOptions: usualAgent()}
	o.Transport = lua.LString("udp")
	decl.Options(L, agentsName, 1, &o)
	first := &agentHandle{Script: callback.New(L), names: treeOf(L)}
	read := agentReader{L: L, handle: first, options: &o.agentOptions}
	if err := decl.HostOf(L).Block(L, func(ctx context.Context) error { return read.recordings(ctx) }); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", agentsName, err))
	}
	var common agent.Options
	if err := read.all(&common); err != nil {
		decl.Raisef(L, "bad option '%s' to '%s' (%s)", read.at, agentsName, err)
	}
	if first.scripted {
		decl.Raisef(L, "%s: functions have no say in many agents: make one with snmp.agent for each", agentsName)
	}
	places, err := o.places()
	if err != nil {
		decl.Raisef(L, "bad option 'at' to '%s' (%s)", agentsName, err)
	}
	crowd := &agentCrowd{list: make([]*agentHandle, len(places))}
	all := make([]agent.Options, len(places))
	for i, at := range places {
		h := &agentHandle{names: first.names, problems: first.problems}
		h.feed = feed.New[*happening](network.ClockFrom(decl.HostOf(L).Context()))
		all[i] = common
		all[i].Addresses, all[i].Port, all[i].Happened = []netip.Addr{at.Addr()}, at.Port(), h.happened
		all[i].Trees = read.copies(common.Trees)
		if i > 0 {
			all[i].Engine = nil
		}
		read.each(o.Each, i+1, all[i].Trees[""])
		crowd.list[i] = h
	}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		for i, h := range crowd.list {
			if h.Agent, err = agent.New(ctx, all[i]); err != nil {
				(&agentCrowd{crowd.list[:i]}).Close()
				return err
			}
			h.Name = "snmp.agent " + h.address()
			h.SetFaults(read.faults...)
			if o.Statistics {
				h.Tree("").Mount(h.Own()...)
			}
		}
		return nil
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", agentsName, err))
	}
	decl.HostOf(L).Own(L, crowd)
	L.Push(decl.NewUserData(L, crowd))
	return 1
}

// copies are trees that begin with what others tell, for one agent more.
func (r *agentReader) copies(trees map[string]*agent.Tree) map[string]*agent.Tree {
	copies := map[string]*agent.Tree{}
	ctx := decl.HostOf(r.L).Context()
	for name, t := range trees {
		copies[name] = t.Copy()
		file := r.options.From
		if name != "" {
			file = r.options.Contexts[name].From
		}
		if rec := r.recorded[file]; rec != nil {
			for _, m := range rec.Mounts(network.ClockFrom(ctx), network.Rand(ctx)) {
				if _, own := t.Value(m.Root); !own {
					copies[name].Mount(m)
				}
			}
		}
	}
	return copies
}

// each asks the script what an agent tells otherwise.
func (r *agentReader) each(f *lua.LFunction, i int, t *agent.Tree) {
	if f == nil {
		return
	}
	r.L.Push(f)
	r.L.Push(lua.LNumber(i))
	r.L.Call(1, 1)
	v := r.L.Get(-1)
	r.L.Pop(1)
	list, ok := v.(*lua.LTable)
	if !ok {
		decl.Raisef(r.L, "bad option 'each' to '%s' (it returned a %s for agent %d, a table is expected)", agentsName, decl.TypeName(v), i)
	}
	read := treeReader{L: r.L, handle: r.handle, names: r.handle.names}
	err := read.table(list)
	if err == nil && r.handle.scripted {
		err = errors.New("functions have no say in many agents")
	}
	if err == nil {
		err = t.Set(read.vars...)
	}
	if err != nil {
		decl.Raisef(r.L, "bad option 'each' to '%s' (agent %d: %s)", agentsName, i, err)
	}
	t.Remove(read.removed...)
}

// places are where agents listen.
func (o *crowdOptions) places() (list []netip.AddrPort, err error) {
	if o.At != nil && o.At != lua.LNil {
		return several.Addresses(o.At, o.Port)
	}
	addresses, err := addressesOf(o.Address)
	if err != nil {
		return nil, err
	}
	if len(addresses) == 0 {
		addresses = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}
	}
	for i := range max(o.Count, 1) {
		port := int(o.Port)
		if port > 0 {
			port += i / len(addresses)
		}
		if port > 65535 {
			return nil, fmt.Errorf("%d agents from port %d on have no room", o.Count, o.Port)
		}
		list = append(list, netip.AddrPortFrom(addresses[i%len(addresses)], uint16(port)))
	}
	return list, nil
}
