package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A scriptSource is a script's functions as a source.
type scriptSource struct {
	agent     *agentHandle
	root      oid.OID
	leaf      bool // it is one variable, at its root
	get, next *lua.LFunction
}

// Scripted marks the source: it is asked in the task that serves.
func (s *scriptSource) Scripted() {}

// Get asks the function for a variable.
func (s *scriptSource) Get(r *agent.Request, name oid.OID) (message.Value, error) {
	if s.get == nil {
		return message.NoSuchInstance, nil
	}
	if s.leaf && !name.Equal(s.root) {
		return message.NoSuchInstance, nil
	}
	values, err := s.agent.ask(s.get, 2, &asked{Request: r, names: s.agent.names, op: "get", name: name})
	if err != nil {
		return message.Value{}, err
	}
	if values[0] == lua.LNil {
		return message.NoSuchInstance, nil
	}
	return s.agent.value(name, values[0], values[1])
}

// Next asks the function for what follows.
func (s *scriptSource) Next(r *agent.Request, name oid.OID) (message.Var, error) {
	end := message.Var{Value: message.EndOfMibView}
	if s.leaf {
		if oid.Compare(name, s.root) >= 0 {
			return end, nil
		}
		v, err := s.Get(r, s.root)
		if err != nil || v.Type.Exception() {
			return end, err
		}
		return message.Var{Name: s.root, Value: v}, nil
	}
	values, err := s.agent.ask(s.next, 3, &asked{Request: r, names: s.agent.names, op: "next", name: name})
	if err != nil || values[0] == lua.LNil {
		return end, err
	}
	text, ok := nameArg(values[0])
	if !ok {
		return end, s.agent.complain("next returned a %s where a name belongs", decl.TypeName(values[0]))
	}
	o, err := instance(s.agent.names, text)
	if err != nil {
		return end, s.agent.complain("next returned %q: %v", text, err)
	}
	v, err := s.agent.value(o, values[1], values[2])
	return message.Var{Name: o, Value: v}, err
}

// ask calls a function with a request. nil and the name of an error status refuse.
func (h *agentHandle) ask(f *lua.LFunction, results int, r *asked) ([]lua.LValue, error) {
	values, ok := h.Call(f, results, decl.NewUserData(h.State(), r))
	if !ok {
		return nil, agent.Refuse(message.GenErr)
	}
	if word, isText := values[1].(lua.LString); isText && (values[0] == lua.LNil || values[0] == lua.LFalse) {
		status, known := message.StatusNamed(string(word))
		if !known {
			return nil, h.complain("a function returned the error status '%s', which there is not", word)
		}
		return nil, agent.Refuse(status)
	}
	return values, nil
}

// value makes a variable's value of what a function returned.
func (h *agentHandle) value(name oid.OID, v, typ lua.LValue) (message.Value, error) {
	value, err := names.Value(h.names, name, lua.LVAsString(typ), v)
	if err != nil {
		return value, h.complain("a function returned what %v", err)
	}
	return value, nil
}
