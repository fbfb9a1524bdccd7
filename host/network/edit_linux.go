package network

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// An edit is a change of the machine as data: what there was, and what there is to be. This process undoes it at its end,
// or another one does that finds it in a journal. All methods run in the namespace.
type edit interface {
	kind() string // its name in a journal
	look() error  // takes down what there is
	do() error
	undo() error // where all is still as do left it
}

// readEdit is the edit of a kind that stands in a journal.
func readEdit(kind string, data []byte) (edit, error) {
	for _, e := range []edit{&addressEdit{}, &routeEdit{}, &mtuEdit{}, &upEdit{}, &forwardingEdit{}, &resolverEdit{}} {
		if e.kind() == kind {
			return e, json.Unmarshal(data, e)
		}
	}
	return nil, fmt.Errorf("a change of kind %q is none that this moonwire knows", kind)
}

// isGone says that there is nothing left to undo: the address's life is over, or the interface is not there any more.
func isGone(err error) bool {
	return errors.Is(err, unix.EADDRNOTAVAIL) || errors.Is(err, unix.ESRCH) || errors.Is(err, unix.ENODEV) || errors.As(err, new(netlink.LinkNotFoundError))
}

// onInterface is an interface. One of the same name that was made later is another.
type onInterface struct {
	Iface string
	Index int
}

// find is the interface as it is now.
func (o *onInterface) find() (l netlink.Link, err error) {
	if o.Index != 0 {
		return netlink.LinkByIndex(o.Index)
	}
	if l, err = netlink.LinkByName(o.Iface); err == nil {
		o.Index = l.Attrs().Index
	}
	return l, err
}
