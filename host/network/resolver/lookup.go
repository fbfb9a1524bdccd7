package resolver

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/dns/dnsmessage"
)

// lookupDNS asks for each candidate name in turn until one has addresses.
func (r *Resolver) lookupDNS(ctx context.Context, name string, want Want) (Answer, error) {
	if !isHostName(name) {
		return Answer{}, ErrNotFound
	}
	c := r.config()
	if c.noV6 {
		want.V6 = false
	}
	var a Answer
	err := r.search(&c, name, func(full string) (err error) {
		a, err = r.addresses(ctx, &c, full, want)
		return err
	})
	return a, err
}

// isHostName reports whether name has only the letters that hosts may have (RFC 1123 section 2.1), underscores too.
// Others aren't asked for.
func isHostName(name string) bool {
	for i := range len(name) {
		c := name[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '-' && i > 0:
		default:
			return false
		}
	}
	return true
}

// search runs ask over the candidates for name. What it returns after the last one is what res_search(3) does: the
// error of the name as it stands if that was asked for first; else no data wins over a failure of a server, and that
// over an unknown name.
func (r *Resolver) search(c *config, name string, ask func(full string) error) error {
	list := c.candidates(name)
	var failures []error
	for _, full := range list {
		err := ask(full)
		if err == nil || !isLookupError(err) {
			return err
		}
		failures = append(failures, err)
	}
	if strings.TrimSuffix(list[0], ".") == strings.TrimSuffix(name, ".") {
		return failures[0]
	}
	for _, e := range []error{ErrNoData, ErrTemporary} {
		if slices.Contains(failures, e) {
			return e
		}
	}
	return ErrNotFound
}

func isLookupError(err error) bool {
	return err == ErrNotFound || err == ErrNoData || err == ErrTemporary
}

// addresses asks for A and AAAA at once. One family's answer is enough.
func (r *Resolver) addresses(ctx context.Context, c *config, name string, want Want) (Answer, error) {
	var (
		v4, v6 reply
		all    sync.WaitGroup
	)
	v4.err, v6.err = errNotAsked, errNotAsked
	if want.V4 {
		all.Go(func() { v4 = r.ask(ctx, c, name, dnsmessage.TypeA) })
	}
	if want.V6 {
		all.Go(func() { v6 = r.ask(ctx, c, name, dnsmessage.TypeAAAA) })
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	a := Answer{Addrs: append(v4.addrs, v6.addrs...)}
	switch {
	case len(v4.addrs) > 0:
		a.Name = v4.name
	case len(v6.addrs) > 0:
		a.Name = v6.name
	default:
		return Answer{}, worse(v4.err, v6.err)
	}
	return a, nil
}

var errNotAsked = errors.New("not asked")

// worse is what two families without addresses amount to.
func worse(a, b error) error {
	for _, e := range []error{ErrTemporary, ErrNoData, ErrNotFound} {
		if errors.Is(a, e) || errors.Is(b, e) {
			return e
		}
	}
	return ErrNoData
}

// reply is what one question brought.
type reply struct {
	name  string       // at the end of the CNAMEs
	addrs []netip.Addr // of A and AAAA
	names []string     // of PTR
	err   error
}

// ask puts one question and reads the answer's records: the CNAMEs are followed inside the message.
func (r *Resolver) ask(ctx context.Context, c *config, name string, kind dnsmessage.Type) reply {
	msg, err := r.exchange(ctx, c, name, kind)
	if err != nil {
		return reply{err: err}
	}
	out := reply{name: name, err: ErrNoData}
	for _, rr := range msg.Answers {
		if !strings.EqualFold(rr.Header.Name.String(), out.name) {
			continue
		}
		switch body := rr.Body.(type) {
		case *dnsmessage.CNAMEResource:
			out.name = body.CNAME.String()
		case *dnsmessage.AResource:
			out.addrs, out.err = append(out.addrs, netip.AddrFrom4(body.A)), nil
		case *dnsmessage.AAAAResource:
			out.addrs, out.err = append(out.addrs, netip.AddrFrom16(body.AAAA)), nil
		case *dnsmessage.PTRResource:
			out.names, out.err = append(out.names, strings.TrimSuffix(body.PTR.String(), ".")), nil
		}
	}
	out.name = strings.TrimSuffix(out.name, ".")
	return out
}

// reverseDNS asks for the PTR records of addr (RFC 1035 section 3.5, RFC 3596 section 2.5).
func (r *Resolver) reverseDNS(ctx context.Context, addr netip.Addr) ([]string, error) {
	c := r.config()
	rep := r.ask(ctx, &c, arpa(addr), dnsmessage.TypePTR)
	return rep.names, rep.err
}

func arpa(addr netip.Addr) string {
	var b []byte
	if addr.Unmap().Is4() {
		a := addr.Unmap().As4()
		for _, octet := range slices.Backward(a[:]) {
			b = append(strconv.AppendUint(b, uint64(octet), 10), '.')
		}
		return string(b) + "in-addr.arpa."
	}
	const hex = "0123456789abcdef"
	a := addr.As16()
	for _, octet := range slices.Backward(a[:]) {
		b = append(b, hex[octet&15], '.', hex[octet>>4], '.')
	}
	return string(b) + "ip6.arpa."
}
