package node

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// A Tap sees the frames of an interface beside the stack, and sends others.
type Tap struct {
	device *device
	see    func(frame []byte, out bool)
}

// Tap has see called with each frame that an interface receives or sends, but for those that the Tap itself sends. See
// may keep a frame, must not change it, and must not wait.
func (n *Node) Tap(iface string, see func(frame []byte, out bool)) (*Tap, error) {
	d := n.device(iface)
	if d == nil {
		return nil, fmt.Errorf("tap %s: %s has no such interface", iface, n.opt.Name)
	}
	t := &Tap{d, see}
	d.taps.add(t)
	return t, nil
}

// Send sends a frame, which it gives away.
func (t *Tap) Send(frame []byte) { t.device.transmit(frame, t) }

// Close ends the calls.
func (t *Tap) Close() { t.device.taps.remove(t) }

// taps are those of one interface.
type taps struct {
	mu   sync.Mutex
	list atomic.Pointer[[]*Tap]
}

func (s *taps) add(t *Tap) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := append(slices.Clone(s.all()), t)
	s.list.Store(&list)
}

func (s *taps) remove(t *Tap) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.DeleteFunc(slices.Clone(s.all()), func(x *Tap) bool { return x == t })
	s.list.Store(&list)
}

func (s *taps) all() []*Tap {
	if list := s.list.Load(); list != nil {
		return *list
	}
	return nil
}

// show calls all but one.
func (s *taps) show(frame []byte, out bool, but *Tap) {
	for _, t := range s.all() {
		if t != but {
			t.see(frame, out)
		}
	}
}
