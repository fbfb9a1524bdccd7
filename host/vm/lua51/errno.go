package lua51

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	lua "github.com/yuin/gopher-lua"
)

// errno is an error's number and text as C's errno and strerror have them.
func errno(err error) (int, string) {
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
	case errors.Is(err, fs.ErrNotExist):
		number = syscall.ENOENT
	case errors.Is(err, fs.ErrExist):
		number = syscall.EEXIST
	case errors.Is(err, fs.ErrPermission):
		number = syscall.EACCES
	case errors.Is(err, fs.ErrClosed):
		number = syscall.EBADF
	default:
		return 0, err.Error()
	}
	text := number.Error()
	return int(number), strings.ToUpper(text[:1]) + text[1:]
}

// outcome is how io and os functions answer: true, or nil, message and number. The message begins with name, if any.
func outcome(L *lua.LState, err error, name string) int {
	if err == nil {
		return ret(L, lua.LTrue)
	}
	code, text := errno(err)
	if name != "" {
		text = name + ": " + text
	}
	return ret(L, lua.LNil, lua.LString(text), lua.LNumber(code))
}
