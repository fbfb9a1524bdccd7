package client6

import (
	"cmp"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
)

// Forever is a lifetime that never ends, in seconds (RFC 8415 section 7.7).
const Forever = 0xffffffff

// An IA is an identity association: addresses or prefixes that a server gives under one number of the client's.
type IA struct {
	Code     uint16 // dhcp6.IANA, IATA or IAPD
	ID       uint32
	T1, T2   uint32 // seconds from Since; 0 leaves it to the client
	Bindings []Binding
	Status   dhcp6.Status // what the server said of it
	Since    time.Time    // when the server last said so
}

// A Binding is one address (a prefix of 128 bits) or one delegated prefix.
type Binding struct {
	Prefix           netip.Prefix
	Preferred, Valid uint32 // seconds from Since
	Since            time.Time
}

// Addr is the binding's address.
func (b Binding) Addr() netip.Addr { return b.Prefix.Addr() }

// Ends is when the binding is no longer valid; zero: never.
func (b Binding) Ends() time.Time { return after(b.Since, b.Valid) }

// Deprecated is when the binding is no longer preferred; zero: never.
func (b Binding) Deprecated() time.Time { return after(b.Since, b.Preferred) }

// after is a moment so many seconds later; the zero time is never.
func after(t time.Time, seconds uint32) time.Time {
	if seconds == Forever {
		return time.Time{}
	}
	return t.Add(time.Duration(seconds) * time.Second)
}

// earliest is the first of some moments; zero is never.
func earliest(times ...time.Time) (first time.Time) {
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}

// readIAs reads the identity associations of a message. One whose T1 is after T2 is left out (section 21.4), and so is a
// binding whose preferred lifetime is longer than the valid one (section 21.6), or that the server says is none.
func readIAs(options dhcp6.Options, now time.Time) (list []IA) {
	for _, o := range options.IAs() {
		if o.T1 > o.T2 && o.T2 > 0 {
			continue
		}
		ia := IA{Code: o.Code, ID: o.ID, T1: o.T1, T2: o.T2, Status: o.Options.Status(), Since: now}
		add := func(p netip.Prefix, preferred, valid uint32, inner dhcp6.Options) {
			if preferred <= valid && inner.Status().Code == dhcp6.Success {
				ia.Bindings = append(ia.Bindings, Binding{p, preferred, valid, now})
			}
		}
		if o.Code == dhcp6.IAPD {
			for _, p := range o.Prefixes() {
				add(p.Prefix.Masked(), p.Preferred, p.Valid, p.Options)
			}
		} else {
			for _, a := range o.Addresses() {
				if !a.Address.IsMulticast() && !a.Address.IsUnspecified() {
					add(netip.PrefixFrom(a.Address, a.Address.BitLen()), a.Preferred, a.Valid, a.Options)
				}
			}
		}
		list = append(list, ia)
	}
	return list
}

// option is the IA as a client sends it: with its bindings, and without times, which are the server's to choose.
func (ia IA) option() dhcp6.Option {
	o := dhcp6.IA{Code: ia.Code, ID: ia.ID}
	for _, b := range ia.Bindings {
		if ia.Code == dhcp6.IAPD {
			o.Options.Add(dhcp6.IAPrefix{Prefix: b.Prefix}.Option())
		} else {
			o.Options.Add(dhcp6.IAAddress{Address: b.Addr()}.Option())
		}
	}
	return o.Option()
}

// find is the IA of a list that has ia's kind and number; nil when there is none.
func find(list []IA, ia IA) *IA {
	if i := slices.IndexFunc(list, func(o IA) bool { return o.Code == ia.Code && o.ID == ia.ID }); i >= 0 {
		return &list[i]
	}
	return nil
}

// usable says whether there is something in the IA that is valid.
func (ia IA) usable() bool {
	return slices.ContainsFunc(ia.Bindings, func(b Binding) bool { return b.Valid > 0 })
}

// update takes over what a server says of the IA in an answer (section 18.2.10.1): bindings get new lifetimes, new ones
// come, those of no lifetime go, and those that it doesn't speak of stay as they are.
func (ia *IA) update(said IA) {
	ia.T1, ia.T2, ia.Status, ia.Since = said.T1, said.T2, said.Status, said.Since
	ia.Bindings = slices.Clone(ia.Bindings)
	for _, b := range said.Bindings {
		if i := slices.IndexFunc(ia.Bindings, func(o Binding) bool { return o.Prefix == b.Prefix }); i >= 0 {
			ia.Bindings[i] = b
		} else {
			ia.Bindings = append(ia.Bindings, b)
		}
	}
	ia.Bindings = slices.DeleteFunc(ia.Bindings, func(b Binding) bool { return b.Valid == 0 })
}

// Shares of the shortest preferred lifetime that T1 and T2 are when the server leaves them to the client (section 21.4).
const (
	shareT1 = 0.5
	shareT2 = 0.8
)

// times are the IA's T1 and T2 as moments; zero: never.
func (ia IA) times() (t1, t2 time.Time) {
	if ia.Code == dhcp6.IATA || len(ia.Bindings) == 0 {
		return t1, t2
	}
	shortest := slices.MinFunc(ia.Bindings, func(a, b Binding) int { return cmp.Compare(a.Preferred, b.Preferred) }).Preferred
	moment := func(given uint32, share float64) time.Time {
		switch {
		case given > 0:
			return after(ia.Since, given)
		case shortest == Forever:
			return time.Time{}
		}
		return ia.Since.Add(time.Duration(share * float64(shortest) * float64(time.Second)))
	}
	t1, t2 = moment(ia.T1, shareT1), moment(ia.T2, shareT2)
	if !t2.IsZero() && t1.After(t2) { // one is the server's choice, the other the client's
		t1 = t2
	}
	return t1, t2
}
