package network_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"moonwire/host/network"
)

// TestTake takes datagrams of all sizes, and ends with the socket.
func TestTake(t *testing.T) {
	t.Parallel()
	c, err := network.Kernel().ListenPacket(t.Context(), "udp4", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	from, err := net.Dial("udp4", c.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	var last []byte
	for _, n := range []int{0, 1, 1500, 60000} {
		want := strings.Repeat("x", n)
		if _, err := from.Write([]byte(want)); err != nil {
			t.Fatal(err)
		}
		b, m, err := network.Take(c)
		if err != nil || string(b) != want || m.Peer.String() != from.LocalAddr().String() {
			t.Errorf("%d bytes: %d from %v, %v", n, len(b), m.Peer, err)
		}
		if len(last) > 0 && string(last) != strings.Repeat("x", len(last)) {
			t.Errorf("the datagram before has changed")
		}
		last = b
	}
	time.AfterFunc(20*time.Millisecond, func() { c.Close() })
	if _, _, err := network.Take(c); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a closed socket: %v", err)
	}
}
