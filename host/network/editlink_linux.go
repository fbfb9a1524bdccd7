package network

import (
	"net"

	"github.com/vishvananda/netlink"
)

// An mtuEdit sets an interface's MTU.
type mtuEdit struct {
	onInterface
	Before, After int
}

func (e *mtuEdit) kind() string { return "mtu" }

func (e *mtuEdit) look() error {
	l, err := e.find()
	if err == nil {
		e.Before = l.Attrs().MTU
	}
	return err
}

func (e *mtuEdit) do() error { return e.set(e.After) }

func (e *mtuEdit) undo() error {
	if l, err := e.find(); err != nil || l.Attrs().MTU != e.After {
		return err
	}
	return e.set(e.Before)
}

func (e *mtuEdit) set(mtu int) error {
	l, err := e.find()
	if err != nil {
		return err
	}
	return netlink.LinkSetMTU(l, mtu)
}

// An upEdit switches an interface on or off.
type upEdit struct {
	onInterface
	Before, After bool
}

func isUp(l netlink.Link) bool { return l.Attrs().Flags&net.FlagUp != 0 }

func (e *upEdit) kind() string { return "up" }

func (e *upEdit) look() error {
	l, err := e.find()
	if err == nil {
		e.Before = isUp(l)
	}
	return err
}

func (e *upEdit) do() error { return e.set(e.After) }

func (e *upEdit) undo() error {
	if l, err := e.find(); err != nil || isUp(l) != e.After {
		return err
	}
	return e.set(e.Before)
}

func (e *upEdit) set(up bool) error {
	l, err := e.find()
	switch {
	case err != nil:
		return err
	case up:
		return netlink.LinkSetUp(l)
	}
	return netlink.LinkSetDown(l)
}
