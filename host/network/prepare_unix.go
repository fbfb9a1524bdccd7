//go:build unix

package network

import "golang.org/x/sys/unix"

// prepare sets what SockOpts asks for on a new descriptor, and what package net sets by itself: broadcast is left to
// the caller, IPV6_V6ONLY is the caller's or the system's.
func (s *socket) prepare(d *descriptor) error {
	o := s.opts
	if o == nil {
		return nil
	}
	v6 := d.domain == unix.AF_INET6
	settings := []struct {
		wanted bool
		name   string
		value  any
	}{
		{o.ReuseAddr, "reuseaddr", true},
		{o.ReusePort, "reuseport", true},
		{o.Broadcast, "broadcast", true},
		{o.V6Only && v6, "ipv6-v6only", true},
		{o.Device != "", "bindtodevice", o.Device},
		{o.SendBuffer > 0, "send-buffer-size", o.SendBuffer},
		{o.RecvBuffer > 0, "recv-buffer-size", o.RecvBuffer},
		{o.TTL > 0 && !v6, "ip-ttl", o.TTL},
		{o.TTL > 0 && v6, "ipv6-unicast-hops", o.TTL},
		{o.TOS > 0 && !v6, "ip-tos", o.TOS},
		{o.TOS > 0 && v6, "ipv6-tclass", o.TOS},
	}
	for _, x := range settings {
		if !x.wanted {
			continue
		}
		if err := d.setOption(x.name, x.value); err != nil {
			return err
		}
	}
	if o.DF != DFDefault {
		if err := d.setDF(o.DF); err != nil {
			return err
		}
	}
	return d.watchAll(o.Metadata, o.Errors)
}
