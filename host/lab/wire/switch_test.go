package wire_test

import (
	"sync/atomic"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

func TestSwitchLearns(t *testing.T) {
	t.Parallel()
	e := wire.NewRealtime()
	defer e.Close()
	sw := wire.NewSwitch(e, "sw1")
	var hosts [3]*wire.Port
	var got [3]atomic.Int32
	for i := range hosts {
		hosts[i] = wire.NewPort("h")
		hosts[i].Handle(func([]byte) { got[i].Add(1) })
		wire.Connect(e, "h--sw1", hosts[i], sw.AddPort("sw1.eth"), wire.LinkOptions{})
	}
	hosts[0].Send(frame(10, 0)) // to all, from 02:00:00:00:00:01
	answer := frame(10, 0)
	copy(answer, answer[6:12])
	answer[11] = 2
	hosts[1].Send(answer)
	time.Sleep(50 * time.Millisecond)
	if a, b, c := got[0].Load(), got[1].Load(), got[2].Load(); a != 1 || b != 1 || c != 1 {
		t.Errorf("hosts got %d, %d and %d frames, want 1 each", a, b, c)
	}
}
