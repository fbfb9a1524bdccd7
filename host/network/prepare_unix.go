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
	if err := o.Apply(d.domain == unix.AF_INET6, d.setOption); err != nil {
		return err
	}
	if o.DF != DFDefault {
		if err := d.setDF(o.DF); err != nil {
			return err
		}
	}
	return d.watchAll(o.Metadata, o.Errors)
}
