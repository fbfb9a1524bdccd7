package client6

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Want is what a client asks servers for. Each address and each prefix has an identity association of its own.
type Want struct {
	Addresses, Temporary, Prefixes int
	Address                        netip.Addr   // hint for the first address
	Prefix                         netip.Prefix // hint for prefixes; ::/56 asks for any of that length
	Rapid                          bool         // a server may commit at once
}

// list is what is wanted as identity associations. Each kind has numbers of its own.
func (w Want) list(first uint32) (list []IA) {
	for i := range w.Addresses {
		list = append(list, IA{Code: dhcp6.IANA, ID: first + uint32(i)})
	}
	for i := range w.Temporary {
		list = append(list, IA{Code: dhcp6.IATA, ID: first + uint32(i)})
	}
	for i := range w.Prefixes {
		ia := IA{Code: dhcp6.IAPD, ID: first + uint32(i)}
		if w.Prefix.IsValid() {
			ia.Bindings = []Binding{{Prefix: w.Prefix.Masked()}}
		}
		list = append(list, ia)
	}
	if w.Addresses > 0 && w.Address.IsValid() {
		list[0].Bindings = []Binding{{Prefix: netip.PrefixFrom(w.Address, 128)}}
	}
	return list
}

// An Offer is an answer to Solicit: an Advertise, or a Reply of a server that committed at once.
type Offer struct {
	Message    *dhcp6.Message
	Source     netip.Addr // who sent it
	Time       time.Time
	Preference uint8
	IAs        []IA // of those asked for, with what is offered
}

// Committed says whether all is settled: no Request is needed.
func (o *Offer) Committed() bool { return o.Message.Type == dhcp6.Reply }

// score is how much of what was asked for is offered.
func (o *Offer) score() (n int) {
	for _, ia := range o.IAs {
		if ia.usable() {
			n++
		}
	}
	return n
}

// better orders offers: committed ones first, then by the server's preference (section 18.2.9), then by what they hold.
func better(a, b *Offer) int {
	switch {
	case a.Committed() != b.Committed():
		if a.Committed() {
			return -1
		}
		return 1
	case a.Preference != b.Preference:
		return int(b.Preference) - int(a.Preference)
	}
	return b.score() - a.score()
}

// firstChoice is the preference that ends the collecting of offers (section 18.2.1).
const firstChoice = 255

// errNothing is Solicit without anything to ask for.
var errNothing = errors.New("nothing to ask for: give a number of addresses, temporary addresses or prefixes")

// Solicit asks who has what is wanted and returns the offers, the best one first (RFC 8415 section 18.2.1). They are
// collected until the first pause ends; a preference of 255 or a committed answer ends that at once. With a wait that isn't
// 0 all that come in that time are collected.
func (c *Client) Solicit(ctx context.Context, w Want, wait time.Duration) (offers []*Offer, err error) {
	err = c.call(ctx, func() error {
		offers, err = c.solicit(ctx, w, wait)
		return err
	})
	return offers, err
}

func (c *Client) solicit(ctx context.Context, w Want, wait time.Duration) ([]*Offer, error) {
	asked := w.list(c.o.IAID)
	if len(asked) == 0 {
		return nil, errNothing
	}
	c.asked = asked
	m := c.message(ctx, dhcp6.Solicit, "")
	if w.Rapid {
		m.Options.Add(dhcp6.Option{Code: dhcp6.RapidCommit, Data: []byte{}})
	}
	add(m, asked)
	t := &trade{message: m, timing: solicitTiming.withMRT(c.solMax)}
	if wait > 0 {
		t.whole, t.until = true, c.clock.Now().Add(wait)
	}
	var list []*Offer
	t.judge = func(m *dhcp6.Message, from netip.Addr, at time.Time) (verdict, string) {
		c.learn(m)
		t.timing = t.timing.withMRT(c.solMax)
		o, why := readOffer(t, m, asked, w.Rapid, at)
		if o == nil {
			return ignore, why
		}
		o.Source = from
		list = join(list, o)
		if !t.whole && (o.Committed() || o.Preference == firstChoice) {
			return finish, ""
		}
		return keep, ""
	}
	if err := c.run(ctx, t); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, better)
	return list, nil
}

// join adds an offer to a list; one of the same server that came before goes.
func join(list []*Offer, o *Offer) []*Offer {
	server := o.Message.DUID(dhcp6.ServerID)
	list = slices.DeleteFunc(list, func(old *Offer) bool { return old.Message.DUID(dhcp6.ServerID) == server })
	return append(list, o)
}

// readOffer reads an answer to Solicit; nil, with the reason, when it is of no use (section 18.2.9).
func readOffer(t *trade, m *dhcp6.Message, asked []IA, rapid bool, at time.Time) (*Offer, string) {
	if m.Type == dhcp6.Reply && (!rapid || !m.Options.Has(dhcp6.RapidCommit)) {
		return nil, "reply without rapid commit"
	}
	o := &Offer{Message: m, Time: at}
	if p, ok := m.Get(dhcp6.Preference); ok && len(p) == 1 {
		o.Preference = p[0]
	}
	status := m.Options.Status()
	if failure(status) {
		t.said = status
		return nil, words(status)
	}
	for _, ia := range readIAs(m.Options, at) {
		if find(asked, ia) == nil {
			continue
		}
		o.IAs = append(o.IAs, ia)
		if failure(ia.Status) {
			status = ia.Status
		}
	}
	switch {
	case o.score() > 0:
		return o, ""
	case failure(status):
		t.said = status
		return nil, words(status)
	}
	return nil, "offers nothing that was asked for"
}
