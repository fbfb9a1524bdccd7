package socket

import (
	"errors"
	"os"
	"unsafe"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// send is client:send(data [, i [, j]]). Its result is the index of the last byte sent.
func (k *kind) send(L *lua.LState) int {
	s := k.check(L, client)
	data := checkString(L, 2)
	first, last := sendRange(len(data), optNumber(L, 3, 1), optNumber(L, 4, -1))
	lim := s.begin(L)
	var (
		n   int
		err error
	)
	if first <= last {
		n, err = s.sendBytes(L, &lim, data[first-1:last])
		s.sent += int64(n)
	}
	if s.watched() {
		s.tell(L, network.Call{Name: "send", Bytes: n, Data: data[first-1 : first-1+n], Err: textOr(err)})
	}
	at := lua.LNumber(first + n - 1)
	if err != nil {
		L.Push(lua.LNil)
		L.Push(lua.LString(text(err)))
		L.Push(at)
	} else {
		L.Push(at)
		L.Push(lua.LNil)
		L.Push(lua.LNil)
	}
	return 3 + s.pushElapsed(L, &lim)
}

// sendRange turns send's i and j, which may count from the end, into first and last.
func sendRange(size int, i, j float64) (first, last int) {
	first, last = int(i), int(j)
	if first < 0 {
		first = size + first + 1
	}
	if last < 0 {
		last = size + last + 1
	}
	return max(first, 1), min(last, size)
}

// sendBytes hands data to the system and returns how much it took.
func (s *stream) sendBytes(L *lua.LState, lim *limit, data string) (int, error) {
	h := &s.writer
	if h.busy {
		return 0, errBusyWriting
	}
	if s.d == nil || s.d.conn == nil {
		return 0, errClosed // or never connected: the kernel says the same
	}
	h.busy = true
	defer func() { h.busy, h.data = false, nil }()
	h.conn, h.n = s.d.conn, 0
	h.data = unsafe.Slice(unsafe.StringData(data), len(data)) // Write only reads it
	if lim.never() {
		return s.tryAll(L)
	}
	done := 0
	if len(data) <= shortSend && s.lib.sendsHeld < maxSendsHeld {
		s.lib.sendsHeld++
		n, err := h.conn.TryWrite(h.data)
		if n == len(data) || err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
		h.data, done = h.data[n:], n
	}
	s.lib.sendsHeld = 0
	if at := lim.until(); h.arm(at) {
		h.conn.SetWriteDeadline(at)
	}
	err := decl.HostOf(L).BlockOn(L, h.conn, h.step)
	return done + h.n, err
}

// A short send mostly finds room at once. It is then done without letting other tasks in, which with many of them costs
// more than the send itself; but not too often in a row, so that a task that only sends holds nobody up.
const (
	shortSend    = 4 << 10
	maxSendsHeld = 8
)

// tryAll sends what there is room for.
func (s *stream) tryAll(L *lua.LState) (int, error) {
	h, total := &s.writer, 0
	for len(h.data) > 0 {
		err := decl.HostOf(L).BlockOn(L, h.conn, s.tryWrite)
		total += h.n
		if err != nil {
			return total, err
		}
		h.data = h.data[h.n:]
	}
	return total, nil
}

// write runs while the interpreter is free.
func (s *stream) write() (err error) {
	s.writer.n, err = s.writer.conn.Write(s.writer.data)
	return err
}

func (s *stream) tryWrite() (err error) {
	s.writer.n, err = s.writer.conn.TryWrite(s.writer.data)
	return err
}
