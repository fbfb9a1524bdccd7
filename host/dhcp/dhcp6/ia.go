package dhcp6

import (
	"encoding/binary"
	"net/netip"
)

// An IA is an identity association: what a client holds under one number (RFC 8415 section 12).
type IA struct {
	Code    uint16 // IANA, IATA or IAPD
	ID      uint32
	T1, T2  uint32  // seconds until the client renews and rebinds; 0 leaves it to the client. Not of an IA_TA
	Options Options // addresses, prefixes, a status and whatever else
}

// An IAAddress is an address in an IA_NA or IA_TA.
type IAAddress struct {
	Address          netip.Addr
	Preferred, Valid uint32 // seconds; Infinity is no end
	Options          Options
}

// An IAPrefix is a delegated prefix in an IA_PD.
type IAPrefix struct {
	Prefix           netip.Prefix
	Preferred, Valid uint32
	Options          Options
}

// IAs are the identity associations among the options, in order; those of other codes and those cut short left out. No
// codes stand for all three.
func (s Options) IAs(codes ...uint16) (all []IA) {
	for _, o := range s {
		wanted := len(codes) == 0 && (o.Code == IANA || o.Code == IATA || o.Code == IAPD)
		for _, c := range codes {
			wanted = wanted || c == o.Code
		}
		if !wanted {
			continue
		}
		ia := IA{Code: o.Code, Options: o.Options}
		switch {
		case o.Code == IATA && len(o.Data) == 4:
			ia.ID = binary.BigEndian.Uint32(o.Data)
		case o.Code != IATA && len(o.Data) == 12:
			ia.ID, ia.T1, ia.T2 = binary.BigEndian.Uint32(o.Data), binary.BigEndian.Uint32(o.Data[4:]), binary.BigEndian.Uint32(o.Data[8:])
		default:
			continue
		}
		all = append(all, ia)
	}
	return all
}

// Option is the identity association as an option.
func (ia IA) Option() Option {
	b := binary.BigEndian.AppendUint32(nil, ia.ID)
	if ia.Code != IATA {
		b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, ia.T1), ia.T2)
	}
	return Option{Code: ia.Code, Data: b, Options: ia.Options}
}

// Addresses are the addresses inside.
func (ia IA) Addresses() (all []IAAddress) {
	for _, o := range ia.Options {
		if b := o.Data; o.Code == IAAddr && len(b) == 24 {
			all = append(all, IAAddress{netip.AddrFrom16([16]byte(b)), binary.BigEndian.Uint32(b[16:]), binary.BigEndian.Uint32(b[20:]), o.Options})
		}
	}
	return all
}

// Prefixes are the prefixes inside; those of more than 128 bits left out.
func (ia IA) Prefixes() (all []IAPrefix) {
	for _, o := range ia.Options {
		if b := o.Data; o.Code == IAPref && len(b) == 25 && b[8] <= 128 {
			p := netip.PrefixFrom(netip.AddrFrom16([16]byte(b[9:])), int(b[8]))
			all = append(all, IAPrefix{p, binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), o.Options})
		}
	}
	return all
}

// Option is the address as an option.
func (a IAAddress) Option() Option {
	b := append(make([]byte, 0, 24), a.Address.AsSlice()...)
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, a.Preferred), a.Valid)
	return Option{Code: IAAddr, Data: b, Options: a.Options}
}

// Option is the prefix as an option.
func (p IAPrefix) Option() Option {
	b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(make([]byte, 0, 25), p.Preferred), p.Valid)
	b = append(append(b, byte(p.Prefix.Bits())), p.Prefix.Addr().AsSlice()...)
	return Option{Code: IAPref, Data: b, Options: p.Options}
}
