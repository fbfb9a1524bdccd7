package network

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var wsaPoll = windows.NewLazySystemDLL("ws2_32.dll").NewProc("WSAPoll")

// pollFD is WSAPOLLFD.
type pollFD struct {
	fd              uintptr
	events, revents int16
}

// The events of WSAPoll.
const (
	pollIn  = 0x0100 | 0x0200
	pollOut = 0x0010
	pollErr = 0x0001
	pollHup = 0x0002
)

// poll looks once whether ev is true of a socket.
func poll(fd uintptr, ev Event) (bool, error) {
	p := pollFD{fd: fd}
	if ev&Readable != 0 {
		p.events |= pollIn
	}
	if ev&Writable != 0 {
		p.events |= pollOut
	}
	n, _, err := wsaPoll.Call(uintptr(unsafe.Pointer(&p)), 1, 0)
	switch {
	case int32(n) < 0:
		return false, err
	case ev&(Readable|Writable) == 0:
		return p.revents&pollErr != 0, nil
	}
	return p.revents&(p.events|pollErr|pollHup) != 0, nil
}
