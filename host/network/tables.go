package network

import (
	"net"
	"net/netip"
)

// Interfaces lists the interfaces of k's namespace.
func (k *kernel) Interfaces() (out []Interface, err error) {
	err = k.inside(func() error {
		list, err := net.Interfaces()
		if err != nil {
			return err
		}
		types, err := linkTypes()
		if err != nil {
			return err
		}
		for _, i := range list {
			addrs, err := i.Addrs()
			if err != nil {
				return err
			}
			out = append(out, Interface{Index: i.Index, Name: i.Name, MTU: i.MTU, MAC: i.HardwareAddr, Flags: i.Flags,
				Addrs: prefixes(addrs), LinkType: types(i)})
		}
		return nil
	})
	return out, err
}

// prefixes converts package net's interface addresses.
func prefixes(addrs []net.Addr) []netip.Prefix {
	var out []netip.Prefix
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		ip, ok := netip.AddrFromSlice(n.IP)
		if !ok {
			continue
		}
		bits, _ := n.Mask.Size()
		out = append(out, netip.PrefixFrom(ip.Unmap(), bits))
	}
	return out
}
