package agent

import (
	"errors"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Source answers for the variables below a name. It is asked by several goroutines at once, and doesn't wait. An error
// that Refuse made reaches the manager as its status, any other one as genErr.
type Source interface {
	// Get gives the value of a variable: message.NoSuchObject where there is no such object, message.NoSuchInstance where
	// the object has no such instance.
	Get(r *Request, name oid.OID) (message.Value, error)
	// Next gives the first variable behind a name, with the value message.EndOfMibView when there is none. What lies
	// outside of where the source is mounted isn't told.
	Next(r *Request, name oid.OID) (message.Var, error)
}

// A Setter is a Source whose variables can be set. Of one that isn't, each set is refused with notWritable.
type Setter interface {
	Source
	// Test says whether a variable can be set, and changes nothing (RFC 3416 section 4.2.5).
	Test(r *Request, v message.Var) (Change, error)
}

// A Change is a variable that passed its test. It is committed when all of its request have passed, and forgotten when one
// didn't. When a commit fails, those before are undone.
type Change interface {
	Commit() error
	Undo() error
}

// refusal is an error that reaches the manager as its status.
type refusal struct{ status message.ErrorStatus }

func (r refusal) Error() string { return r.status.String() }

// Refuse makes the error that reaches the manager as a status.
func Refuse(s message.ErrorStatus) error { return refusal{s} }

// statusOf is the status that an error reaches the manager as.
func statusOf(err error) message.ErrorStatus {
	var r refusal
	if errors.As(err, &r) {
		return r.status
	}
	return message.GenErr
}

// Vars are a Source: variables in order.
type Vars []message.Var

// Get finds a variable.
func (l Vars) Get(_ *Request, name oid.OID) (message.Value, error) {
	i := l.after(name, -1)
	if i < len(l) && l[i].Name.Equal(name) {
		return l[i].Value, nil
	}
	return message.NoSuchInstance, nil
}

// Next finds the first behind a name.
func (l Vars) Next(_ *Request, name oid.OID) (message.Var, error) {
	if i := l.after(name, 0); i < len(l) {
		return l[i], nil
	}
	return message.Var{Value: message.EndOfMibView}, nil
}

// after finds the first variable whose name compares with a name to more than least.
func (l Vars) after(name oid.OID, least int) int {
	low, high := 0, len(l)
	for low < high {
		if mid := (low + high) / 2; oid.Compare(l[mid].Name, name) > least {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// A Live is a Source of what a function lists, in order. The function is called once for each request that comes to it.
type Live struct{ list func(*Request) Vars }

// NewLive makes a Live of a function.
func NewLive(list func(*Request) Vars) *Live { return &Live{list} }

// Get asks the function.
func (l *Live) Get(r *Request, name oid.OID) (message.Value, error) { return l.of(r).Get(r, name) }

// Next asks the function.
func (l *Live) Next(r *Request, name oid.OID) (message.Var, error) { return l.of(r).Next(r, name) }

// of is the list for a request.
func (l *Live) of(r *Request) Vars {
	list, ok := r.lists[l]
	if !ok {
		list = l.list(r)
		if r.lists == nil {
			r.lists = map[*Live]Vars{}
		}
		r.lists[l] = list
	}
	return list
}
