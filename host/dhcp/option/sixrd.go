package option

import (
	"errors"
	"net/netip"

	"moonwire/host/packet"
)

// SixRDPrefix is IPv6 over a provider's IPv4 (RFC 5969 section 7.1.1): {ipv4_mask_len=8, prefix="2001:db8::/32",
// relays={"192.0.2.1"}}.
var SixRDPrefix Kind = sixRD{Record(Field{"ipv4_mask_len", Between(1, 0, 32), nil}, Field{"prefix_len", Between(1, 0, 128), nil},
	Field{"prefix", IPv6, nil}, Field{"relays", List(IPv4), nil})}

type sixRD struct{ Kind }

func (sixRD) Type() string { return "{ipv4_mask_len: integer, prefix: string, relays: string[]}" }

func (k sixRD) Read(b []byte) (packet.Value, int, error) {
	v, n, err := k.Kind.Read(b)
	if err != nil {
		return nil, 0, err
	}
	rec := v.(packet.Record)
	prefix := netip.PrefixFrom(rec.Get("prefix").(netip.Addr), int(rec.Get("prefix_len").(uint64)))
	return packet.Record{rec[0], {Name: "prefix", Value: prefix.String()}, rec[3]}, n, nil
}

func (k sixRD) Append(dst []byte, v packet.Value) ([]byte, error) {
	rec, ok := v.(packet.Record)
	if !ok {
		return dst, unexpected(`table as {ipv4_mask_len=8, prefix="2001:db8::/32", relays={"192.0.2.1"}}`, v)
	}
	text, _ := rec.Get("prefix").(string)
	p, err := netip.ParsePrefix(text)
	if err != nil || p.Addr().Is4() {
		return dst, errors.New("prefix: " + unexpected("IPv6 prefix", rec.Get("prefix")).Error())
	}
	written := packet.Record{{Name: "prefix_len", Value: uint64(p.Bits())}, {Name: "prefix", Value: p.Addr()}}
	for _, e := range rec {
		if e.Name != "prefix" {
			written = append(written, e)
		}
	}
	return k.Kind.Append(dst, written)
}
