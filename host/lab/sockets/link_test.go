package sockets_test

import (
	"testing"

	"moonwire/host/network"
)

func TestLink(t *testing.T) {
	t.Parallel()
	a, b := realtime(t).pair()
	la, err := a.OpenLink(t.Context(), "eth0", nil)
	if err != nil {
		t.Fatal(err)
	}
	lb, err := b.OpenLink(t.Context(), "eth0", &network.LinkOpts{Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	want := "\x02b\x00\x00\x00\x00\x02a\x00\x00\x00\x00\x88\xb5hello"
	if n, err := la.WriteFrames(t.Context(), 3, func(i int, slot []byte) int { return copy(slot, want) }); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	frames := make([]network.Frame, 2)
	for got := 0; got < 3; {
		n, err := lb.ReadFrames(frames)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range frames[:n] {
			if string(f.Data) != want || f.Direction != network.ToHost || f.Time.IsZero() {
				t.Errorf("%+v", f)
			}
		}
		got += n
	}
	if s := lb.Stats(); s.Received != 3 || la.Stats().Sent != 3 {
		t.Errorf("%+v", s)
	}
}
