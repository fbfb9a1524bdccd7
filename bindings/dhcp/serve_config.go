package dhcp

import (
	"errors"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server4"
)

// A reader makes a server's configuration of a script's options. at is the option at fault.
type reader struct {
	L      *lua.LState
	server *server
	at     string
}

func (r *reader) config(o *serverOptions, c *server4.Config) (err error) {
	c.Interface, c.ServerID, c.RapidCommit, c.BOOTP, c.LeaseFile, c.Sync = o.Iface, o.ServerID, o.RapidCommit, o.BOOTP, o.LeaseFile, o.Sync
	c.Authoritative = o.Authoritative == nil || *o.Authoritative
	for to, d := range map[*time.Duration]*time.Duration{&c.ConflictWait: o.ConflictWait, &c.OfferTime: o.OfferTime, &c.DeclineTime: o.DeclineTime} {
		if d != nil {
			*to = *d
		}
	}
	for _, step := range []func() error{
		func() error { return r.settings("", &o.settings, &c.Settings) },
		func() error { return r.conflict(o, c) },
		func() error { return r.subnets(o, c) },
		func() error { return r.classes(o, c) },
		func() error { return r.reservations(o, c) },
		func() error { return r.faults(o, c) },
	} {
		if err = step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) conflict(o *serverOptions, c *server4.Config) error {
	r.at = "'conflict_check'"
	switch v := o.Conflict; v {
	case nil, lua.LNil, lua.LFalse:
	case lua.LTrue, lua.LString("ping"):
		c.Conflict = server4.PingCheck
	case lua.LString("arp"):
		c.Conflict = server4.ARPCheck
	default:
		return fmt.Errorf("ping, arp or a boolean expected, got %s", v)
	}
	return nil
}

func (r *reader) subnets(o *serverOptions, c *server4.Config) error {
	if o.Subnet.IsValid() || o.Pool != nil && o.Pool != lua.LNil || len(o.Subnets) == 0 {
		s := server4.Subnet{Prefix: o.Subnet}
		if err := r.subnet(&s, o.Pool, "'subnet'", "'pool'"); err != nil {
			return err
		}
		c.Subnets = append(c.Subnets, s)
	}
	for i := range o.Subnets {
		spec := &o.Subnets[i]
		at := fmt.Sprintf("'subnets' item %d: ", i+1)
		s := server4.Subnet{Prefix: spec.Subnet}
		if err := r.subnet(&s, spec.Pool, at+"'subnet'", at+"'pool'"); err != nil {
			return err
		}
		if err := r.settings(at, &spec.settings, &s.Settings); err != nil {
			return err
		}
		c.Subnets = append(c.Subnets, s)
	}
	return nil
}

func (r *reader) subnet(s *server4.Subnet, pool lua.LValue, atPrefix, atPool string) (err error) {
	r.at = atPrefix
	if s.Prefix.IsValid() && !s.Prefix.Addr().Is4() {
		return errors.New("a prefix of IPv4 expected; dhcp6.server is for IPv6")
	}
	s.Prefix = s.Prefix.Masked()
	r.at = atPool
	s.Ranges, err = r.ranges(pool)
	return err
}

// ranges reads a pool.
func (r *reader) ranges(v lua.LValue) (list []lease.Range, err error) {
	texts, err := several.Words(v)
	for _, text := range texts {
		one, err := lease.ParseRange(text)
		if err == nil && !one.First.Is4() {
			err = fmt.Errorf("%q is no range of IPv4", text)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, err
}
