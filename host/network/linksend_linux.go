package network

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"moonwire/host/network/afpacket"
	"moonwire/host/network/afxdp"
)

// A sender is one way to send: frames are put into memory, and handed over many at a time. It never waits.
type sender interface {
	Slot() []byte        // memory of the next frame; nil: there is no room, Flush
	Commit(n int)        // the frame in the slot is n bytes long
	Flush() (int, error) // how many frames were handed over; with an error, the next is the one that was refused
	Reset()              // forgets the frames that were not handed over
	Close()
}

// The ways to send, by LinkOpts.Method.
var methods = map[string][]string{
	"": {"mmsg", "write"}, "bulk": {"xdp", "ring", "mmsg", "write"},
	"xdp": {"xdp"}, "ring": {"ring"}, "mmsg": {"mmsg"}, "write": {"write"},
}

// share gives the socket its memory and chooses the first way to send that works.
func (l *link) share(o *LinkOpts) error {
	ways, known := methods[o.Method]
	if !known {
		return fmt.Errorf("no way to send is called %q (there are %s)", o.Method, strings.Join(slices.Sorted(maps.Keys(methods))[1:], ", "))
	}
	receive := cmp.Or(max(o.Buffer, 0), defaultRing)
	l.backlog.limit = receive
	if o.SendOnly {
		receive = 0
	}
	if !l.cooked {
		if err := l.choose(ways, receive); err != nil {
			return err
		}
	}
	if l.method == "ring" {
		return nil // one memory for both directions
	}
	memory, err := afpacket.Share(l.packet, receive, 0)
	if err != nil {
		return err
	}
	l.memory = memory
	return nil
}

// choose makes the sender.
func (l *link) choose(ways []string, receive int) error {
	var refusals []error
	for _, way := range ways {
		s, err := l.newSender(way, receive)
		if err == nil {
			l.sender, l.method = s, way
			return nil
		}
		refusals = append(refusals, fmt.Errorf("%s: %w", way, err))
	}
	return errors.Join(refusals...)
}

// newSender makes the sender of one way.
func (l *link) newSender(way string, receive int) (s sender, err error) {
	longest := l.iface.MTU + etherHeader + vlanTag
	switch way {
	case "xdp":
		err = l.k.inside(func() (err error) {
			s, err = afxdp.Open(l.iface.Index, longest)
			return err
		})
	case "ring":
		var both *afpacket.Memory
		if both, err = afpacket.Share(l.packet, receive, longest); err == nil {
			l.memory, s = both, both.Send
		}
	case "mmsg":
		s, err = afpacket.NewMmsg(l.packet, longest)
	case "write":
		s = afpacket.NewWrite(l.packet, longest)
	}
	return s, err
}

// The longest link headers: Ethernet's, and a tag.
const (
	etherHeader = 14
	vlanTag     = 4
)
