package network

import (
	"fmt"
	"net"
	"time"
	"weak"

	"golang.org/x/sys/unix"
)

// trouble is what befell the interface: that it went down, told once, or that it is gone, told for ever. Other errors on
// the socket are of sending, which meets them again.
func (l *link) trouble() error {
	if l.gone != nil {
		return l.gone
	}
	errno, _ := unix.GetsockoptInt(l.packet, unix.SOL_SOCKET, unix.SO_ERROR)
	fell := l.fell.Swap(false)
	switch {
	case unix.Errno(errno) == unix.ENETDOWN: // each time, once
		if l.ahead {
			l.ahead = false
			return nil
		}
	case !fell || l.down:
		return nil
	default:
		l.ahead = true
	}
	l.down = true
	l.counting.Lock()
	l.stats.Downs++
	l.counting.Unlock()
	if there, _ := l.state(); !there {
		l.gone = errGone
		return l.gone
	}
	go watch(weak.Make(l))
	return unix.ENETDOWN
}

var errGone = fmt.Errorf("%w: the interface was removed", unix.ENODEV)

// state asks for the interface.
func (l *link) state() (there, up bool) {
	l.k.inside(func() error {
		i, err := net.InterfaceByIndex(l.iface.Index)
		there = err == nil
		up = there && i.Flags&net.FlagUp != 0
		return err
	})
	return there, up
}

// watchEvery is how often an interface that is down is looked at. Nothing tells a packet socket that one is removed.
const watchEvery = 20 * time.Millisecond

// watch waits until the interface is up again, or is gone.
func watch(w weak.Pointer[link]) {
	for {
		time.Sleep(watchEvery)
		l := w.Value()
		if l == nil || l.closed.Load() {
			return
		}
		there, up := l.state()
		l.reading.Lock()
		if !there {
			l.gone = errGone
		}
		if up {
			l.down, l.ahead = false, false
			l.fell.Store(false)
		}
		l.reading.Unlock()
		if !there {
			l.Interrupt()
		}
		if !there || up {
			return
		}
	}
}

// ended is why nothing will come any more; nil while something may.
func (l *link) ended() error {
	l.reading.Lock()
	defer l.reading.Unlock()
	return l.gone
}
