package socket

import (
	"bytes"
	"math"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// receive is client:receive([pattern [, prefix]]): "*l" a line without its end and without any CR, "*a" all until the
// connection ends, a number that many bytes.
func (k *kind) receive(L *lua.LState) int {
	s := k.check(L, client)
	prefix := optString(L, 3, "")
	lim := s.begin(L)
	if s.reader.busy {
		return s.received3(L, &lim, []byte(prefix), errBusyReading)
	}
	s.reader.busy = true
	defer func() { s.reader.busy = false }()
	s.reader.conn = nil
	if s.d != nil {
		s.reader.conn = s.d.conn
	}
	got, err := s.receivePattern(L, &lim, []byte(prefix))
	if s.watched() {
		new := got[min(len(prefix), len(got)):]
		s.tell(L, network.Call{Name: "receive", Bytes: len(new), Data: string(new), Err: textOr(err)})
	}
	return s.received3(L, &lim, got, err)
}

func (s *stream) receivePattern(L *lua.LState, lim *limit, acc []byte) ([]byte, error) {
	pattern := L.Get(2)
	if pattern == lua.LNil {
		return s.receiveLine(L, lim, acc)
	}
	if p, ok := pattern.(lua.LString); ok && len(p) > 1 && p[0] == '*' {
		switch p[1] {
		case 'l':
			return s.receiveLine(L, lim, acc)
		case 'a':
			return s.receiveAll(L, lim, acc)
		}
	}
	n, ok := toNumber(pattern)
	if !ok {
		checkString(L, 2)
	}
	if !ok || !(n >= 0) {
		argError(L, 2, "invalid receive pattern")
	}
	wanted := int(min(n, math.MaxInt64/2))
	if len(acc) != 0 && wanted <= len(acc) {
		return acc, nil
	}
	return s.receiveBytes(L, lim, acc, wanted-len(acc))
}

// received3 pushes receive's results: the data, or nil, the error and what came before it.
func (s *stream) received3(L *lua.LState, lim *limit, got []byte, err error) int {
	if err == nil {
		L.Push(lua.LString(got))
		L.Push(lua.LNil)
		L.Push(lua.LNil)
	} else {
		L.Push(lua.LNil)
		L.Push(lua.LString(text(err)))
		L.Push(lua.LString(got))
	}
	return 3 + s.pushElapsed(L, lim)
}

// receiveBytes adds exactly n bytes to acc.
func (s *stream) receiveBytes(L *lua.LState, lim *limit, acc []byte, n int) ([]byte, error) {
	for {
		if err := s.fill(L, lim); err != nil {
			return acc, err
		}
		part := s.in.take(n)
		s.received += int64(len(part))
		if len(acc) == 0 && len(part) == n {
			return part, nil // as it lies in the inbox: no copy
		}
		acc, n = append(acc, part...), n-len(part)
		if n <= 0 {
			return acc, nil
		}
	}
}

// receiveAll adds all that comes until the connection ends. An end after some data is a success.
func (s *stream) receiveAll(L *lua.LState, lim *limit, acc []byte) ([]byte, error) {
	some := false
	for {
		err := s.fill(L, lim)
		if err != nil {
			if some && isClosed(err) {
				err = nil
			}
			return acc, err
		}
		part := s.in.take(math.MaxInt)
		s.received += int64(len(part))
		acc, some = append(acc, part...), true
	}
}

// receiveLine adds a line to acc. Every CR in it is dropped, wherever it stands.
func (s *stream) receiveLine(L *lua.LState, lim *limit, acc []byte) ([]byte, error) {
	for {
		if err := s.fill(L, lim); err != nil {
			return acc, err
		}
		before := s.in.first
		part, whole := s.in.takeLine()
		s.received += int64(s.in.first - before)
		if whole && len(acc) == 0 {
			part = bytes.TrimSuffix(part, []byte{'\r'})
			if bytes.IndexByte(part, '\r') < 0 {
				return part, nil // as it lies in the inbox: no copy
			}
		}
		for len(part) > 0 {
			text, rest, _ := bytes.Cut(part, []byte{'\r'})
			acc, part = append(acc, text...), rest
		}
		if whole {
			return acc, nil
		}
	}
}

// fill makes sure that the inbox holds something, waiting if it must.
func (s *stream) fill(L *lua.LState, lim *limit) error {
	if !s.in.empty() {
		return nil
	}
	h := &s.reader
	if h.conn == nil {
		return errClosed // or never connected: the kernel says the same
	}
	h.data = s.in.space()
	h.n = 0
	var err error
	if lim.never() {
		err = decl.HostOf(L).BlockOn(L, h.conn, s.tryRead)
	} else {
		if at := lim.until(); h.arm(at) {
			h.conn.SetReadDeadline(at)
		}
		err = decl.HostOf(L).BlockOn(L, h.conn, h.step)
	}
	s.in.filled(h.n)
	if h.n > 0 {
		return nil
	}
	return err
}

// read runs while the interpreter is free.
func (s *stream) read() (err error) {
	s.reader.n, err = s.reader.conn.Read(s.reader.data)
	return err
}

func (s *stream) tryRead() (err error) {
	s.reader.n, err = s.reader.conn.TryRead(s.reader.data)
	return err
}
