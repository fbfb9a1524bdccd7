package agent

import (
	"errors"
	"time"

	"moonwire/host/snmp/message"
)

// set answers a SetRequest: everything is tested before anything is changed (RFC 3416 section 4.2.5).
func (a *Agent) set(r *Request) (*message.PDU, error) {
	if err := a.setting.Take(a.ctx, time.Time{}); err != nil {
		return nil, err
	}
	defer a.setting.Give()
	vars := r.message.PDU.Vars
	changes := make([]Change, 0, len(vars))
	for i, v := range vars {
		c, err := a.test(r, v)
		if err != nil {
			return r.broken(err, i)
		}
		changes = append(changes, c)
	}
	return r.commit(changes), nil
}

// test says whether a variable can be set.
func (a *Agent) test(r *Request, v message.Var) (Change, error) {
	if !r.view.Sees(v.Name) {
		if r.Version != message.V3 {
			a.tally.add(InBadCommunityUses)
		}
		return nil, Refuse(message.NoAccess)
	}
	v = v.Clone()
	if h := a.options.Hook; h != nil {
		if err := h.Test(r, v); err != nil {
			return nil, err
		}
	}
	return r.tree.test(r, v)
}

// commit makes all changes, or none. A change that can say no only when it is made comes first: then nothing has changed
// yet, and its own status tells why.
func (r *Request) commit(changes []Change) *message.PDU {
	var done []Change
	for _, i := range order(changes) {
		err := changes[i].Commit()
		if err == nil {
			done = append(done, changes[i])
			continue
		}
		if _, late := changes[i].(Untested); late && len(done) == 0 {
			return r.failed(statusOf(err), i+1)
		}
		if undo(done) != nil {
			return r.failed(message.UndoFailed, 0)
		}
		return r.failed(message.CommitFailed, i+1)
	}
	p := r.failed(message.NoError, 0)
	p.Vars = r.message.PDU.Vars
	return p
}

// undo undoes changes, the last one first, as many as can be.
func undo(done []Change) (err error) {
	for i := len(done) - 1; i >= 0; i-- {
		err = errors.Join(err, done[i].Undo())
	}
	return err
}

// An Untested is a Change that couldn't be tested: its commit may still refuse.
type Untested interface {
	Change
	Untested()
}

// order is the order in which changes are made.
func order(changes []Change) []int {
	var first, rest []int
	for i, c := range changes {
		if _, late := c.(Untested); late {
			first = append(first, i)
		} else {
			rest = append(rest, i)
		}
	}
	return append(first, rest...)
}
