package snmp

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
)

// complain reports an error of the script; managers get genErr.
func (h *agentHandle) complain(format string, args ...any) error {
	h.Complain(fmt.Sprintf(format, args...))
	return agent.Refuse(message.GenErr)
}

// A scriptSetter is a scriptSource that can be set.
type scriptSetter struct {
	*scriptSource
	test, set, undo *lua.LFunction
}

// Test asks the script's test, if there is one.
func (s *scriptSetter) Test(r *agent.Request, v message.Var) (agent.Change, error) {
	if s.leaf && !v.Name.Equal(s.root) {
		return nil, agent.Refuse(message.NoCreation)
	}
	c := scriptChange{s, &asked{Request: r, names: s.agent.names, op: "set", name: v.Name, value: v.Value}}
	if s.test == nil {
		return untestedChange{c}, nil
	}
	return c, s.agent.verdict(s.test, c.asked)
}

// verdict is a function's word on a set: false refuses, or nil and an error status's name.
func (h *agentHandle) verdict(f *lua.LFunction, r *asked) error {
	values, err := h.ask(f, 2, r)
	if err == nil && values[0] == lua.LFalse {
		return agent.Refuse(message.WrongValue)
	}
	return err
}

type scriptChange struct {
	*scriptSetter
	asked *asked
}

func (c scriptChange) Commit() error { return c.agent.verdict(c.set, c.asked) }

func (c scriptChange) Undo() error {
	if c.undo == nil {
		return agent.Refuse(message.UndoFailed)
	}
	return c.agent.verdict(c.undo, c.asked)
}

// An untestedChange is one that no function of the script has tested.
type untestedChange struct{ scriptChange }

// Untested marks the change.
func (untestedChange) Untested() {}

// scriptHook is on_get and on_set.
type scriptHook struct {
	agent *agentHandle
	onGet *lua.LFunction
	onSet *lua.LFunction
}

// Tell asks on_get.
func (h *scriptHook) Tell(r *agent.Request, v message.Var) (message.Value, error) {
	if h.onGet == nil {
		return v.Value, nil
	}
	values, err := h.agent.ask(h.onGet, 2, &asked{Request: r, names: h.agent.names, op: "get", name: v.Name, value: v.Value})
	if err != nil || values[0] == lua.LNil {
		return v.Value, err
	}
	return h.agent.value(v.Name, values[0], values[1])
}

// Test asks on_set.
func (h *scriptHook) Test(r *agent.Request, v message.Var) error {
	if h.onSet == nil {
		return nil
	}
	return h.agent.verdict(h.onSet, &asked{Request: r, names: h.agent.names, op: "set", name: v.Name, value: v.Value})
}
