package mib2_test

import (
	"net"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/oid"
)

// TestLinux tells of a network namespace: of an interface that is switched off by SNMP, which is heard of.
func TestLinux(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	pair := nettest.NewPair(t)
	n := pair.Left.Network
	card := running(t, n)
	h, err := mib2.New(network.With(t.Context(), n), mib2.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	heard := make(chan mib2.Event, 10)
	h.Notify(func(e mib2.Event) { heard <- e })
	column := func(c uint32) oid.OID { return oid.MustParse("1.3.6.1.2.1.2.2.1").Append(c, uint32(card.Index)) }
	for c, want := range map[uint32]message.Value{2: message.Text(card.Name), 4: message.Integer(int64(card.MTU)), 6: message.String(card.MAC),
		7: message.Integer(1), 8: message.Integer(1), 9: message.TimeTicks(0)} {
		if got := h.View().Get(column(c)); !got.Equal(want) {
			t.Errorf("%v is %v, want %v", column(c), got, want)
		}
	}
	change, status := h.Prepare(column(7), message.Integer(2))
	if status != message.NoError {
		t.Fatal(status)
	}
	if err := change.Commit(); err != nil {
		t.Fatal(err)
	}
	select {
	case e := <-heard:
		if !e.Trap.Equal(mib2.LinkDown) || len(e.Vars) != 3 || e.Vars[0].Value.Int() != int64(card.Index) || e.Vars[1].Value.Int() != 2 {
			t.Errorf("%v %v", e.Trap, e.Vars)
		}
	case <-time.After(time.Minute):
		t.Error("nothing was heard of the interface")
	}
	if got := h.View().Get(column(8)); got.Int() != 2 {
		t.Errorf("ifOperStatus is %v", got)
	}
}

// running waits for the interface beside lo to have its carrier.
func running(t *testing.T, n network.Network) network.Interface {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		list, err := n.Interfaces()
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range list {
			if i.Flags&net.FlagLoopback == 0 && i.Flags&net.FlagRunning != 0 {
				return i
			}
		}
	}
	t.Fatal("no interface has a carrier")
	return network.Interface{}
}
