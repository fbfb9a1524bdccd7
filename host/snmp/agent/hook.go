package agent

import "moonwire/host/snmp/message"

// A Hook has a say in what an agent tells and lets be set. Like a Scripted source, it is asked by who serves the script.
type Hook interface {
	// Tell gives what is told for a variable; the one that it gets, an exception perhaps, when it has nothing else to say.
	Tell(r *Request, v message.Var) (message.Value, error)
	// Test refuses a set, or lets the tree decide.
	Test(r *Request, v message.Var) error
}

// told is a variable as the manager gets it: the hook and faults have their say.
func (a *Agent) told(r *Request, b []byte) ([]byte, error) {
	if a.options.Hook == nil && !r.faults.bend() {
		return b, nil
	}
	v := decoded(b)
	if a.options.Hook != nil {
		var err error
		if v.Value, err = a.options.Hook.Tell(r, v); err != nil {
			return nil, err
		}
	}
	v.Value = r.faults.value(v)
	return message.EncodeVar(v)
}
