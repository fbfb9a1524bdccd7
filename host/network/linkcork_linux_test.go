package network_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// TestLinkCork sends frames one by one by the ways that let them wait for each other.
func TestLinkCork(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	for _, method := range []string{"ring", "xdp"} {
		t.Run(method, func(t *testing.T) { testCork(t, method) })
	}
}

func testCork(t *testing.T, method string) {
	p := nettest.NewPair(t)
	a := openLink(t, p.Left, "right", &network.LinkOpts{Method: method})
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true})
	const count = 1000
	for i := range count {
		send(t, a, numbered(i))
	}
	send(t, a, numbered(count), numbered(count+1)) // two together go behind those that wait
	for _, f := range arrived(t, p, b, count+2) {
		if !bytes.Equal(f.Data, numbered(number(f))) {
			t.Fatalf("frame %d: % x", number(f), f.Data)
		}
	}
	send(t, a, numbered(1))
	read(t, b, 1) // without a further call
	if _, err := a.WriteFrames(t.Context(), 1, func(int, []byte) int { return 2000 }); !errors.Is(err, unix.EMSGSIZE) {
		t.Error(err)
	}
	if s := a.Stats(); s.Sent != count+3 || s.SendErrors != 1 {
		t.Errorf("%+v", s)
	}
	testCorkLate(t, p, a)
	for i := range 10 {
		send(t, a, numbered(i))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	read(t, b, 10)
	if s := a.Stats(); s.Sent != count+13 {
		t.Errorf("%+v", s)
	}
}

// testCorkLate has the interface go down while frames wait: a later call tells, and all are counted.
func testCorkLate(t *testing.T, p nettest.Pair, a network.LinkConn) {
	up(t, p.Left, false)
	write := func() error {
		_, err := a.WriteFrames(t.Context(), 1, func(_ int, slot []byte) int { return copy(slot, numbered(0)) })
		return err
	}
	refused, untold := a.Stats().SendErrors, false
	for range 5 { // a slow machine hands over, and tells, between two of them
		switch err := write(); {
		case err == nil:
			refused, untold = refused+1, true
		case !untold || !errors.Is(err, unix.ENETDOWN):
			t.Fatal("told without a cause:", err)
		default:
			untold = false
		}
	}
	for end := time.Now().Add(time.Minute); a.Stats().SendErrors < refused && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if s := a.Stats(); s.SendErrors != refused {
		t.Errorf("%d frames are refused, not %d", s.SendErrors, refused)
	}
	if untold && !errors.Is(write(), unix.ENETDOWN) {
		t.Error("not told")
	}
	up(t, p.Left, true)
}
