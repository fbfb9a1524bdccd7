package client6

import (
	"context"
	"encoding/binary"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Information asks for options alone (RFC 8415 section 18.2.6) and returns the Reply.
func (c *Client) Information(ctx context.Context) (reply *dhcp6.Message, err error) {
	err = c.call(ctx, func() error {
		reply, err = c.information(ctx)
		return err
	})
	return reply, err
}

func (c *Client) information(ctx context.Context) (reply *dhcp6.Message, err error) {
	t := &trade{message: c.message(ctx, dhcp6.InformationRequest, ""), timing: informationTiming.withMRT(c.infMax)}
	judge := t.replies(c, func(m *dhcp6.Message, _ netip.Addr, _ time.Time) string {
		reply = m
		return ""
	})
	t.judge = func(m *dhcp6.Message, from netip.Addr, at time.Time) (verdict, string) {
		v, why := judge(m, from, at)
		t.timing = t.timing.withMRT(c.infMax)
		return v, why
	}
	return reply, c.run(ctx, t)
}

// The bounds of how long information is good for (RFC 8415 section 21.23).
const (
	refreshDefault = 24 * time.Hour
	refreshLeast   = 10 * time.Minute
)

// Refresh is how long what a Reply to Information-request says is good for; 0 is for ever.
func Refresh(m *dhcp6.Message) time.Duration {
	b, ok := m.Get(dhcp6.InfoRefresh)
	if !ok || len(b) != 4 {
		return refreshDefault
	}
	seconds := binary.BigEndian.Uint32(b)
	if seconds == Forever {
		return 0
	}
	return max(time.Duration(seconds)*time.Second, refreshLeast)
}
