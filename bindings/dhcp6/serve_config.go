package dhcp6

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server6"
)

// A reader makes a server's configuration of a script's options. at is the option at fault.
type reader struct {
	L      *lua.LState
	server *server
	at     string
}

func (r *reader) config(o *serverOptions, c *server6.Config) (err error) {
	c.Interface, c.RapidCommit, c.Preference, c.Unicast = o.Iface, o.RapidCommit, o.Preference, o.Unicast
	c.Reconfigure = o.Reconfigure
	c.LeaseFile, c.Sync = o.LeaseFile, o.Sync
	for to, d := range map[*time.Duration]*time.Duration{&c.OfferTime: o.OfferTime, &c.DeclineTime: o.DeclineTime} {
		if d != nil {
			*to = *d
		}
	}
	for _, step := range []func() error{
		func() error { return r.duid("'duid'", o.DUID, &c.DUID) },
		func() error { return r.settings("", &o.settings, &c.Settings) },
		func() error { return r.subnets(o, c) },
		func() error { return r.classes(o, c) },
		func() error { return r.reservations(o, c) },
		func() error { return r.faults(o, c) },
	} {
		if err = step(); err != nil {
			return err
		}
	}
	if r.at = "'unicast'"; c.Unicast.IsValid() && !c.Unicast.Is6() {
		return errors.New("an address of IPv6 expected")
	}
	return nil
}

func (r *reader) duid(at, text string, to *dhcp6.DUID) (err error) {
	if r.at = at; text == "" {
		return nil
	}
	d, ok := dhcp6.ParseDUID(text)
	if !ok {
		return fmt.Errorf("a DUID in hexadecimal expected, got %q", text)
	}
	*to = d
	return nil
}

func (r *reader) subnets(o *serverOptions, c *server6.Config) error {
	if o.Subnet.IsValid() || given(o.Pool) || given(o.Delegate) || len(o.Subnets) == 0 {
		s := server6.Subnet{Prefix: o.Subnet}
		if err := r.subnet("", &s, o.Pool, o.Delegate); err != nil {
			return err
		}
		c.Subnets = append(c.Subnets, s)
	}
	for i := range o.Subnets {
		spec := &o.Subnets[i]
		at := fmt.Sprintf("'subnets' item %d: ", i+1)
		s := server6.Subnet{Prefix: spec.Subnet, InterfaceID: []byte(spec.InterfaceID)}
		if err := r.subnet(at, &s, spec.Pool, spec.Delegate); err != nil {
			return err
		}
		if err := r.settings(at, &spec.settings, &s.Settings); err != nil {
			return err
		}
		c.Subnets = append(c.Subnets, s)
	}
	return nil
}

func given(v lua.LValue) bool { return v != nil && v != lua.LNil }

func (r *reader) subnet(at string, s *server6.Subnet, pool, delegate lua.LValue) (err error) {
	r.at = at + "'subnet'"
	if s.Prefix.IsValid() && !s.Prefix.Addr().Is6() {
		return errors.New("a prefix of IPv6 expected; dhcp.server is for IPv4")
	}
	s.Prefix = s.Prefix.Masked()
	r.at = at + "'pool'"
	if s.Ranges, err = r.ranges(pool); err != nil {
		return err
	}
	r.at = at + "'delegate'"
	s.Delegations, err = r.delegations(delegate)
	return err
}

// ranges reads a pool.
func (r *reader) ranges(v lua.LValue) (list []lease.Range, err error) {
	texts, err := several.Words(v)
	for _, text := range texts {
		one, err := lease.ParseRange(text)
		if err == nil && !one.First.Is6() {
			err = fmt.Errorf("%q is no range of IPv6", text)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, err
}

// delegationSpec is prefixes to give away.
type delegationSpec struct {
	Prefix netip.Prefix `lua:"prefix" doc:"of which they are parts"`
	Length int          `lua:"length" range:"1..128" doc:"of each"`
}

// delegations reads prefixes to give away.
func (r *reader) delegations(v lua.LValue) (list []server6.Delegation, err error) {
	for _, item := range several.Items(v) {
		spec := delegationSpec{Length: 64}
		if text, ok := several.Text(item); ok {
			if spec.Prefix, err = netip.ParsePrefix(text); err != nil {
				return nil, fmt.Errorf("a prefix expected, as 2001:db8:f000::/40, got %q", text)
			}
		} else if err := decl.Read(r.L, item, &spec); err != nil {
			return nil, err
		}
		if !spec.Prefix.Addr().Is6() || spec.Length < spec.Prefix.Bits() {
			return nil, fmt.Errorf("%s has no prefixes of %d bits", spec.Prefix, spec.Length)
		}
		list = append(list, server6.Delegation{Range: lease.Span(spec.Prefix), Length: spec.Length})
	}
	return list, nil
}

// settings reads what clients are told.
func (r *reader) settings(at string, o *settings, s *server6.Settings) (err error) {
	s.Options = map[uint16]dhcp6.Options{}
	for _, x := range [...]struct {
		to  *time.Duration
		of  *time.Duration
		opt string
	}{{&s.Valid, o.LeaseTime, "lease_time"}, {&s.Preferred, o.Preferred, "preferred_lifetime"}, {&s.Renewal, o.Renewal, "renewal_time"},
		{&s.Rebinding, o.Rebinding, "rebinding_time"}} {
		if x.of == nil {
			continue
		}
		r.at = at + "'" + x.opt + "'"
		switch *x.to = *x.of; {
		case *x.of == math.MaxInt64:
			*x.to = lease.Forever
		case *x.of < time.Second:
			return errors.New("a second or more expected")
		}
	}
	for name, v := range map[string]lua.LValue{"dns": o.DNS, "domain_search": o.Search} {
		if r.at = at + "'" + name + "'"; given(v) {
			code := map[string]string{"dns": "dns_servers"}[name]
			if code == "" {
				code = name
			}
			if err := r.option(s, lua.LString(code), v); err != nil {
				return err
			}
		}
	}
	if o.Options == nil {
		return nil
	}
	decl.Each(o.Options, func(k, v lua.LValue) {
		if err == nil {
			r.at = fmt.Sprintf("%s'options' entry '%s'", at, k)
			err = r.option(s, k, v)
		}
	})
	return err
}

// option sets one; false: it isn't sent.
func (r *reader) option(s *server6.Settings, k, v lua.LValue) error {
	list, code, err := optionEntry(k, v)
	if err == nil {
		s.Options[code] = list
	}
	return err
}

func (r *reader) reservations(o *serverOptions, c *server6.Config) (err error) {
	for i := range o.Reservations {
		spec := &o.Reservations[i]
		at := fmt.Sprintf("'reservations' item %d: ", i+1)
		x := server6.Reservation{MAC: spec.MAC}
		if err := r.duid(at+"'duid'", spec.DUID, &x.DUID); err != nil {
			return err
		}
		if len(spec.MAC) == 0 && spec.DUID == "" {
			return errors.New("duid or mac expected")
		}
		if x.Addresses, err = each(r, at+"'address'", spec.Address, netip.ParseAddr, netip.Addr.Is6); err != nil {
			return err
		}
		six := func(p netip.Prefix) bool { return p.Addr().Is6() && p == p.Masked() }
		if x.Prefixes, err = each(r, at+"'prefix'", spec.Prefix, netip.ParsePrefix, six); err != nil {
			return err
		}
		if err := r.settings(at, &spec.settings, &x.Settings); err != nil {
			return err
		}
		c.Reservations = append(c.Reservations, x)
	}
	return nil
}

// each reads one value or a list of them.
func each[T any](r *reader, at string, v lua.LValue, parse func(string) (T, error), good func(T) bool) (list []T, err error) {
	r.at = at
	texts, err := several.Words(v)
	for _, text := range texts {
		one, bad := parse(text)
		if bad != nil || !good(one) {
			return nil, fmt.Errorf("one of IPv6 expected, got %q", text)
		}
		list = append(list, one)
	}
	return list, err
}
