package network

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
)

// LookupHost asks the system's resolver, which tells no canonical names.
func (k *kernel) LookupHost(ctx context.Context, name string, f Family) (Host, error) {
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, map[Family]string{AFUnspec: "ip", AFInet: "ip4", AFInet6: "ip6"}[f], name)
	if err != nil {
		return Host{}, systemError(ctx, name, err)
	}
	h := Host{Name: name}
	for _, a := range addrs {
		h.Addrs = append(h.Addrs, a.Unmap())
	}
	return h, nil
}

// LookupAddr asks the system's resolver.
func (k *kernel) LookupAddr(ctx context.Context, a netip.Addr) ([]string, error) {
	names, err := net.DefaultResolver.LookupAddr(ctx, a.String())
	if err != nil {
		return nil, systemError(ctx, a.String(), err)
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, ".")
	}
	return names, nil
}

// systemError gives package net's error its code.
func systemError(ctx context.Context, name string, err error) error {
	var dns *net.DNSError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &dns) && dns.IsNotFound:
		return &GAIError{Code: EAINoName, Name: name}
	}
	return &GAIError{Code: EAIAgain, Name: name, Err: err}
}
