package pcap

import (
	"net"
	"net/netip"
)

// Codes of the options of interface description blocks.
const (
	ifName        = 2
	ifDescription = 3
	ifIPv4        = 4
	ifIPv6        = 5
	ifMAC         = 6
	ifEUI         = 7
	ifSpeed       = 8
	ifResolution  = 9
	ifZone        = 10
	ifFilter      = 11
	ifOS          = 12
	ifFCS         = 13
	ifOffset      = 14
	ifHardware    = 15
	ifTxSpeed     = 16
	ifRxSpeed     = 17
)

// An Interface is where packets of a file were captured. A pcap file has one, with a link type and a snap length only.
type Interface struct {
	LinkType    int
	Snap        int // bytes kept of a packet at most; 0: all
	Name        string
	Description string
	Addrs       []netip.Prefix
	MAC         net.HardwareAddr
	EUI         []byte // 8 bytes
	Speed       uint64 // bits a second; 0: unknown
	TxSpeed     uint64
	RxSpeed     uint64
	Resolution  Resolution
	Offset      int64  // seconds to be added to its times
	Filter      string // in tcpdump's language
	OS          string
	Hardware    string
	FCS         int // of frame check sequence at each packet's end, as the file has it; -1: not said
	Comments    []string
	Statistics  *Statistics // the last that the file has; nil: none
	Section     int         // of the file, from 0

	clock clock
}

// interfaceOf reads the body of an interface description block.
func interfaceOf(body []byte, big bool) Interface {
	order, o := orderOf(big), Options{body[8:], big}
	i := Interface{LinkType: int(order.Uint16(body)), Snap: int(order.Uint32(body[4:])), Resolution: Microseconds, FCS: -1}
	for code, v := range o.All() {
		switch {
		case code == optComment:
			i.Comments = append(i.Comments, string(v))
		case code == ifName:
			i.Name = string(v)
		case code == ifDescription:
			i.Description = string(v)
		case code == ifIPv4 && len(v) == 8:
			ones, _ := net.IPMask(v[4:]).Size()
			i.Addrs = append(i.Addrs, netip.PrefixFrom(netip.AddrFrom4([4]byte(v)), ones))
		case code == ifIPv6 && len(v) == 17:
			i.Addrs = append(i.Addrs, netip.PrefixFrom(netip.AddrFrom16([16]byte(v)), int(v[16])))
		case code == ifMAC && len(v) == 6:
			i.MAC = append(net.HardwareAddr(nil), v...)
		case code == ifEUI && len(v) == 8:
			i.EUI = append([]byte(nil), v...)
		case code == ifSpeed && len(v) == 8:
			i.Speed = order.Uint64(v)
		case code == ifTxSpeed && len(v) == 8:
			i.TxSpeed = order.Uint64(v)
		case code == ifRxSpeed && len(v) == 8:
			i.RxSpeed = order.Uint64(v)
		case code == ifResolution && len(v) == 1:
			i.Resolution = Resolution(v[0])
		case code == ifFilter && len(v) > 0 && v[0] == 0:
			i.Filter = string(v[1:])
		case code == ifOS:
			i.OS = string(v)
		case code == ifHardware:
			i.Hardware = string(v)
		case code == ifFCS && len(v) == 1:
			i.FCS = int(v[0])
		case code == ifOffset && len(v) == 8:
			i.Offset = int64(order.Uint64(v))
		}
	}
	i.clock = clockOf(i.Resolution, i.Offset)
	return i
}

// options are the interface's fields as options.
func (i *Interface) options(big bool) Options {
	o := Options{big: big}
	for _, c := range i.Comments {
		o.AddComment(c)
	}
	o.addText(ifName, i.Name)
	o.addText(ifDescription, i.Description)
	for _, a := range i.Addrs {
		if a.Addr().Is4() {
			ip := a.Addr().As4()
			o.Add(ifIPv4, append(ip[:], net.CIDRMask(a.Bits(), 32)...))
		} else {
			ip := a.Addr().As16()
			o.Add(ifIPv6, append(ip[:], byte(a.Bits())))
		}
	}
	if len(i.MAC) == 6 {
		o.Add(ifMAC, i.MAC)
	}
	if len(i.EUI) == 8 {
		o.Add(ifEUI, i.EUI)
	}
	for _, speed := range []struct {
		code uint16
		n    uint64
	}{{ifSpeed, i.Speed}, {ifTxSpeed, i.TxSpeed}, {ifRxSpeed, i.RxSpeed}} {
		if speed.n != 0 {
			o.addUint64(speed.code, speed.n)
		}
	}
	o.Add(ifResolution, []byte{byte(i.Resolution)})
	if i.Filter != "" {
		o.Add(ifFilter, append([]byte{0}, i.Filter...))
	}
	o.addText(ifOS, i.OS)
	o.addText(ifHardware, i.Hardware)
	if i.FCS >= 0 {
		o.Add(ifFCS, []byte{byte(i.FCS)})
	}
	if i.Offset != 0 {
		o.addUint64(ifOffset, uint64(i.Offset))
	}
	return o
}
