package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// Words of LuaSocket that scripts compare with.
const (
	msgClosed  = "closed"
	msgTimeout = "timeout"
)

// ioErrors are the errors that have a word of their own on every system; the order decides when one error is several.
var ioErrors = []struct {
	err  error
	text string
}{
	{io.EOF, msgClosed},
	{net.ErrClosed, msgClosed},
	{syscall.EPIPE, msgClosed},
	{syscall.ECONNRESET, msgClosed},
	{syscall.ECONNABORTED, msgClosed},
	{os.ErrDeadlineExceeded, msgTimeout},
	{context.DeadlineExceeded, msgTimeout},
	{context.Canceled, msgTimeout}, // of a call's own limit: a cancelled task doesn't get here
	{syscall.ETIMEDOUT, msgTimeout},
	{syscall.EADDRINUSE, "address already in use"},
	{syscall.EISCONN, "already connected"},
	{syscall.EACCES, "permission denied"},
	{syscall.ECONNREFUSED, "connection refused"},
}

// text is what LuaSocket says of err: its own words for the frequent ones, the C library's for the others.
func text(err error) string {
	for _, e := range ioErrors {
		if errors.Is(err, e.err) {
			return e.text
		}
	}
	if s, ok := gaiText(err); ok {
		return s
	}
	_, s := network.Strerror(err)
	return s
}

// isClosed says whether LuaSocket counts err as an orderly end (IO_CLOSED) and not as an error that reads alike.
func isClosed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.EPIPE)
}

// refuse pushes nil and LuaSocket's words.
func refuse(L *lua.LState, err error) int {
	L.Push(lua.LNil)
	L.Push(lua.LString(text(err)))
	return 2
}

// done pushes 1, LuaSocket's yes.
func done(L *lua.LState) int {
	L.Push(lua.LNumber(1))
	return 1
}

// What a call on an object without a descriptor, or on the wrong kind of one, fails with.
var (
	errClosed        = net.ErrClosed
	errBadDescriptor = syscall.EBADF
	errBusyReading   = errors.New("socket busy reading: another task receives on it")
	errBusyWriting   = errors.New("socket busy writing: another task sends on it")
	errPathTooLong   = errors.New("path too long")
)

// over is a context that has ended: a call with it looks once.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// cannotAccept is what accept(2) says of a descriptor that isn't listening.
func (d *descriptor) cannotAccept() error {
	if d.packet != nil {
		return syscall.EOPNOTSUPP
	}
	return syscall.EINVAL
}
