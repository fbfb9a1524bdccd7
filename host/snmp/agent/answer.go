package agent

import (
	"moonwire/host/snmp/message"
)

// serve answers a request, or leaves it to who serves the script.
func (a *Agent) serve(r *Request) {
	p, err := a.process(r)
	if err == errScripted {
		a.wait(r)
		return
	}
	a.send(r, p)
}

// Answer makes the answer of a request that Await gave, and returns what sends it. Scripted sources are asked here.
func (a *Agent) Answer(r *Request) (send func()) {
	r.scripted = true
	p, _ := a.process(r)
	return func() { a.send(r, p) }
}

// process makes an answer's PDU. The only error is errScripted.
func (a *Agent) process(r *Request) (*message.PDU, error) {
	r.lists = nil
	if r.rule == nil {
		return r.failed(message.AuthorizationError, 0), nil
	}
	if a.options.Hook != nil && !r.scripted {
		return nil, errScripted
	}
	if r.faults == nil {
		r.faults = a.strike(r)
	}
	if p := r.faults.instead(r); p != nil {
		return p, nil
	}
	switch r.Type {
	case message.Get:
		return a.get(r)
	case message.GetNext:
		return a.getNext(r)
	case message.GetBulk:
		return a.getBulk(r)
	}
	return a.set(r)
}

// failed is an answer that repeats what was asked for, with a status (RFC 3416 section 4.2). In version 1 it is one that
// RFC 1157 has (RFC 3584 section 4.4).
func (r *Request) failed(s message.ErrorStatus, index int) *message.PDU {
	asked := r.message.PDU
	p := &message.PDU{Type: message.Response, RequestID: asked.RequestID, ErrorStatus: s, ErrorIndex: int32(index), Vars: asked.Vars}
	if r.Version == message.V1 {
		p.ErrorStatus = inV1(s)
	} else if s == message.TooBig {
		p.Vars = nil
	}
	return p
}

// inV1 is version 1's word for a status (RFC 3584 section 4.4).
func inV1(s message.ErrorStatus) message.ErrorStatus {
	switch s {
	case message.WrongValue, message.WrongEncoding, message.WrongType, message.WrongLength, message.InconsistentValue:
		return message.BadValue
	case message.NoAccess, message.NotWritable, message.NoCreation, message.InconsistentName, message.AuthorizationError:
		return message.NoSuchName
	case message.ResourceUnavailable, message.CommitFailed, message.UndoFailed:
		return message.GenErr
	}
	return s
}

// found is an answer with variables.
func (r *Request) found(vars [][]byte) *message.PDU {
	return &message.PDU{Type: message.Response, RequestID: r.message.PDU.RequestID, Encoded: vars}
}

// broken is the answer where variable i, from 0, couldn't be told.
func (r *Request) broken(err error, i int) (*message.PDU, error) {
	if err == errScripted {
		return nil, err
	}
	return r.failed(statusOf(err), i+1), nil
}

// get answers a GetRequest (RFC 3416 section 4.2.1).
func (a *Agent) get(r *Request) (*message.PDU, error) {
	s := r.tree.state.Load()
	vars := make([][]byte, 0, len(r.message.PDU.Vars))
	for i, v := range r.message.PDU.Vars {
		b, err := a.value(r, s, v)
		if err != nil {
			return r.broken(err, i)
		}
		if r.Version == message.V1 && !inVersion1(b) {
			return r.failed(message.NoSuchName, i+1), nil
		}
		vars = append(vars, b)
	}
	return r.found(vars), nil
}

// value is one variable as it is told.
func (a *Agent) value(r *Request, s *state, v message.Var) ([]byte, error) {
	if !r.view.Sees(v.Name) {
		return message.EncodeVar(message.Var{Name: v.Name, Value: message.NoSuchObject})
	}
	b, err := s.get(r, v.Name)
	if err != nil {
		return nil, err
	}
	return a.told(r, b)
}

// getNext answers a GetNextRequest (RFC 3416 section 4.2.2).
func (a *Agent) getNext(r *Request) (*message.PDU, error) {
	s := r.tree.state.Load()
	vars := make([][]byte, 0, len(r.message.PDU.Vars))
	for i, v := range r.message.PDU.Vars {
		c := cursor{key: appendKey(nil, v.Name), at: -1}
		b, err := a.successor(r, s, &c)
		if err != nil {
			return r.broken(err, i)
		}
		if b == nil && r.Version == message.V1 {
			return r.failed(message.NoSuchName, i+1), nil
		}
		if b == nil {
			if b, err = endOf(c.key); err != nil {
				return r.broken(err, i)
			}
		}
		vars = append(vars, b)
	}
	return r.found(vars), nil
}

// successor steps to the next variable that the manager may see, and gives it as it is told; nil at the end.
func (a *Agent) successor(r *Request, s *state, c *cursor) ([]byte, error) {
	walk := cursor{key: append(make([]byte, 0, len(c.key)+16), c.key...), at: c.at}
	r.faults.loop(&walk)
	for stay := false; ; {
		b, err := s.next(r, &walk, stay)
		if b == nil || err != nil {
			return nil, err
		}
		if stay = !r.view.sees(walk.key); stay {
			next, more := r.view.skip(walk.key)
			if !more {
				return nil, nil
			}
			walk.key, walk.at = append(walk.key[:0], next...), -1
			continue
		}
		if b, err = a.told(r, b); err != nil {
			return nil, err
		}
		if r.Version != message.V1 || inVersion1(b) {
			*c = walk
			return b, nil
		}
	}
}

// endOf is the variable that says that nothing is behind a key.
func endOf(key []byte) ([]byte, error) {
	return message.EncodeVar(message.Var{Name: nameOf(key), Value: message.EndOfMibView})
}

// getBulk answers a GetBulkRequest (RFC 3416 section 4.2.3) with as much as there is room for.
func (a *Agent) getBulk(r *Request) (*message.PDU, error) {
	asked := r.message.PDU
	b := bulk{agent: a, r: r, state: r.tree.state.Load(), room: r.maxSize() - r.overhead()}
	for _, v := range asked.Vars {
		b.columns = append(b.columns, cursor{key: appendKey(nil, v.Name), at: -1})
	}
	once := min(max(int(asked.NonRepeaters()), 0), len(b.columns))
	for i := range once {
		if _, err := b.step(i); err != nil {
			return r.broken(err, i)
		}
	}
	for n := asked.MaxRepetitions(); n > 0 && once < len(b.columns) && !b.full; n-- {
		ended := true
		for i := once; i < len(b.columns) && !b.full; i++ {
			more, err := b.step(i)
			if err != nil {
				return r.broken(err, i)
			}
			ended = ended && !more
		}
		if ended {
			break
		}
	}
	if b.full && len(b.vars) == 0 {
		return r.failed(message.TooBig, 0), nil
	}
	return r.found(b.vars), nil
}

// A bulk is an answer to a GetBulkRequest in the making.
type bulk struct {
	agent   *Agent
	r       *Request
	state   *state
	columns []cursor
	room    int // bytes
	full    bool
	vars    [][]byte
}

// step adds the next variable of a column, if there is room; more says whether there was one.
func (k *bulk) step(column int) (more bool, err error) {
	c := &k.columns[column]
	b, err := k.agent.successor(k.r, k.state, c)
	if err != nil {
		return false, err
	}
	if more = b != nil; !more {
		if b, err = endOf(c.key); err != nil {
			return false, err
		}
	}
	if k.room -= len(b); k.room < 0 {
		k.full = true
		return false, nil
	}
	k.vars = append(k.vars, b)
	return more, nil
}

// inVersion1 says whether an encoded variable can be told in version 1, which has neither Counter64 nor exceptions (RFC
// 3584 section 4.2).
func inVersion1(b []byte) bool {
	t := typeOf(b)
	return t != message.TypeCounter64 && !t.Exception()
}

// typeOf is the type of a variable that this package encoded. What net-snmp wraps in an Opaque is an Opaque.
func typeOf(b []byte) message.Type {
	at := headSize(b)
	name := b[at:]
	at += headSize(name) + contentSize(name)
	return message.Type(b[at])
}

// headSize is the length of an element's tag and length, contentSize that of what is in it: of elements that are well made.
func headSize(b []byte) int {
	if b[1] < 0x80 {
		return 2
	}
	return 2 + int(b[1]&0x7f)
}

func contentSize(b []byte) int {
	if b[1] < 0x80 {
		return int(b[1])
	}
	n := 0
	for _, c := range b[2:headSize(b)] {
		n = n<<8 | int(c)
	}
	return n
}
