package client6_test

import (
	"encoding/binary"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
)

// TestPauses measures how a Solicit is sent again (RFC 8415 section 15).
func TestPauses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.open(t, func(o *client6.Options) { o.Timeout = 3 * time.Hour })
	if _, err := c.Acquire(w.ctx, client6.Want{Addresses: 1}); kind(err) != "timeout" {
		t.Fatal(err)
	}
	sent := c.Exchange()
	var before time.Duration
	for i := 1; i < len(sent); i++ {
		pause := sent[i].Time.Sub(sent[i-1].Time)
		least, most := 2*before-before/10, 2*before+before/10
		switch {
		case i == 1:
			least, most = time.Second, 1100*time.Millisecond
		case most > time.Hour+6*time.Minute:
			least, most = 54*time.Minute, 66*time.Minute
		}
		if pause < least || pause > most {
			t.Errorf("pause %d is %s, not between %s and %s", i, pause, least, most)
		}
		before = pause
		elapsed, _ := sent[i].Message.Get(dhcp6.ElapsedTime)
		want := min(sent[i].Time.Sub(sent[0].Time)/(10*time.Millisecond), 0xffff)
		if got := time.Duration(binary.BigEndian.Uint16(elapsed)); got != want {
			t.Errorf("elapsed time %d, not %d", got, want)
		}
		if sent[i].Message.XID != sent[0].Message.XID {
			t.Error("the transaction id changes")
		}
	}
	if len(sent) < 12 {
		t.Errorf("%d messages in 3 hours", len(sent))
	}
}

// TestSolMaxRT obeys a server that wants to be asked less often.
func TestSolMaxRT(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, "R1", func(s *server, m *dhcp6.Message) []*dhcp6.Message {
		return []*dhcp6.Message{s.reply(dhcp6.Advertise, m, dhcp6.MakeOption(dhcp6.SolMaxRT, []byte{0, 0, 0, 60}))}
	})
	c := w.open(t, func(o *client6.Options) { o.Timeout = time.Hour })
	if _, err := c.Acquire(w.ctx, client6.Want{Addresses: 1}); kind(err) != "timeout" {
		t.Fatal(err)
	}
	var sent []time.Time
	for _, x := range c.Exchange() {
		if x.Out {
			sent = append(sent, x.Time)
		}
	}
	if last := sent[len(sent)-1].Sub(sent[len(sent)-2]); last < 54*time.Second || last > 66*time.Second {
		t.Error(last)
	}
}
