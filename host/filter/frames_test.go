package filter_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
)

// A frame is what was captured of so many bytes on the wire.
type frame struct {
	data    []byte
	wireLen int
}

// A forge makes frames of many kinds. Its values come from small pools, so that expressions made of the same values
// find something.
type forge struct{ *rand.Rand }

func newForge(seed uint64) forge { return forge{rand.New(rand.NewPCG(seed, 1))} }

func pick[T any](f forge, from ...T) T { return from[f.IntN(len(from))] }

// chance is true once in n times.
func (f forge) chance(n int) bool { return f.IntN(n) == 0 }

func (f forge) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(f.IntN(256))
	}
	return b
}

func join(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func be16(v int) []byte    { return binary.BigEndian.AppendUint16(nil, uint16(v)) }
func be32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
func le32(v uint32) []byte { return binary.LittleEndian.AppendUint32(nil, v) }

// frames makes n frames of a link type.
func (f forge) frames(linkType uint32, n int) []frame {
	all := make([]frame, n)
	for i := range all {
		data := f.frame(linkType)
		if f.chance(20) {
			data[f.IntN(len(data))] ^= byte(1 << f.IntN(8))
		}
		wire := len(data)
		if f.chance(4) {
			data = data[:f.IntN(len(data))]
		} else if f.chance(3) {
			wire += f.IntN(2000)
		}
		all[i] = frame{data, wire}
	}
	return all
}

func (f forge) frame(linkType uint32) []byte {
	etherType, payload := f.network(0)
	switch linkType {
	case 0, 108, 109:
		family := pick(f, uint32(2), 2, 10, 24, 28, 30, 7)
		header := le32(family)
		if linkType == 108 {
			header = be32(family)
		}
		if linkType == 109 {
			header = join(header, f.bytes(8))
		}
		return join(header, payload)
	case 1:
		return f.ethernet(0)
	case 6:
		return join(f.bytes(2), f.mac(), f.mac(), f.llc(etherType, payload))
	case 7:
		return join(f.bytes(2), []byte{pick(f, byte(212), 240, 213, 241, 214, 221, 0xc4, 9)}, f.bytes(3), payload)
	case 8:
		return join(f.bytes(16), payload)
	case 9, 50, 166:
		return join([]byte{pick(f, byte(0), 1, 0xff), 3}, f.ppp(etherType, payload))
	case 10:
		return join(f.bytes(1), f.mac(), f.mac(), f.llc(etherType, payload))
	case 51:
		return join([]byte{0x11, 0}, f.bytes(4), f.ppp(etherType, payload))
	case 100, 106:
		return f.llc(etherType, payload)
	case 101, 228, 229:
		return payload
	case 104:
		return join([]byte{0x0f, 0}, be16(etherType), payload)
	case 105:
		return f.wlan(etherType, payload)
	case 107:
		return join(f.bytes(2), []byte{3, pick(f, byte(0xcc), 0x8e, 0x81, 0x82, 0x83, 0x80)}, payload)
	case 113:
		header := join(be16(f.IntN(6)), be16(1), be16(6), f.mac(), []byte{0, 0})
		return join(header, f.cookedType(etherType, payload))
	case 117:
		header := join([]byte{61, pick(f, byte(2), 10, 24), byte(f.IntN(3)), byte(f.IntN(6))}, pad("em0", 16), pad("rules", 16),
			be32(uint32(f.IntN(4))), be32(uint32(f.IntN(4))), f.bytes(16), []byte{byte(f.IntN(3))}, f.bytes(3))
		return join(header, payload)
	case 119:
		if f.chance(2) {
			return join(be32(0x80211001), be32(64), f.bytes(56), f.wlan(etherType, payload))
		}
		return join(f.bytes(144), f.wlan(etherType, payload))
	case 122:
		return join(f.bytes(2), f.mac(), f.bytes(2), f.mac(), f.llc(etherType, payload))
	case 123:
		if f.chance(2) {
			return join([]byte{1, byte(f.IntN(2))}, be16(f.IntN(6)), be16(pick(f, 0xff00, 0)), f.ethernet(1))
		}
		return join([]byte{pick(f, byte(2), 6), byte(f.IntN(2))}, be16(f.IntN(18)), f.llc(etherType, payload))
	case 127:
		return f.radiotap(f.wlan(etherType, payload))
	case 139, 140:
		return join(f.bytes(int(140-linkType)*4), []byte{0, 0, byte(f.IntN(5)), byte(f.IntN(256))}, f.bytes(12))
	case 163:
		return join(be32(0x80211001), be32(64), f.bytes(56), f.wlan(etherType, payload))
	case 192:
		return join([]byte{0, 0, 8, 0}, le32(pick(f, uint32(105), 105, 1)), f.wlan(etherType, payload))
	case 276:
		return join(be16(etherType), f.bytes(2), be32(uint32(f.IntN(4))), be16(1), []byte{byte(f.IntN(6)), 6}, f.mac(),
			[]byte{0, 0}, payload)
	}
	return join(f.bytes(8), payload)
}

func pad(s string, n int) []byte { return append([]byte(s), make([]byte, n-len(s))...) }

var macs = [][]byte{{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {1, 0, 0x5e, 0, 0, 1}}

func (f forge) mac() []byte { return pick(f, macs...) }

// ethernet makes an Ethernet II or an 802.3 frame.
func (f forge) ethernet(depth int) []byte {
	etherType, payload := f.network(depth)
	if f.chance(6) {
		body := f.llc(etherType, payload)
		if f.chance(6) {
			body = join([]byte{0xff, 0xff}, payload)
		}
		return join(f.mac(), f.mac(), be16(min(len(body), 1500)), body)
	}
	return join(f.mac(), f.mac(), be16(etherType), payload)
}

// llc makes an 802.2 header, with SNAP or without.
func (f forge) llc(etherType int, payload []byte) []byte {
	control := pick(f, byte(3), 3, 0xbf, 0x7f, 0x63, 0x01, 0x05, 0x09, 0x00)
	switch f.IntN(5) {
	case 0, 1:
		return join([]byte{0xaa, 0xaa, 3}, pick(f, []byte{0, 0, 0}, []byte{0, 0, 0}, []byte{8, 0, 7}),
			be16(pick(f, etherType, etherType, 0x809b, 0x80f3, 0x8137)), payload)
	case 2:
		return join([]byte{0xfe, 0xfe, 3}, f.isis())
	}
	sap := pick(f, byte(0x42), 0xe0, 0xf0, 0x06, 0xfe, 0xff)
	return join([]byte{sap, sap, control}, payload)
}

// isis makes the start of an ISO network layer PDU.
func (f forge) isis() []byte {
	return join([]byte{pick(f, byte(0x83), 0x83, 0x81, 0x82), 27, 1, 0, pick(f, byte(15), 16, 17, 18, 20, 24, 25, 26, 27)}, f.bytes(20))
}

func (f forge) ppp(etherType int, payload []byte) []byte {
	types := map[int]int{0x0800: 0x21, 0x86dd: 0x57, 0x8847: 0x281, 0x6003: 0x27, 0x809b: 0x29}
	t, ok := types[etherType]
	if !ok {
		t = pick(f, 0x23, 0x2b, 0x31, 0xc021)
	}
	return join(be16(t), payload)
}

func (f forge) cookedType(etherType int, payload []byte) []byte {
	switch f.IntN(6) {
	case 0:
		return join(be16(1), payload)
	case 1:
		return join(be16(4), f.llc(etherType, payload))
	}
	return join(be16(etherType), payload)
}

// wlan makes an 802.11 frame: data, management or control.
func (f forge) wlan(etherType int, payload []byte) []byte {
	control := pick(f, byte(0x08), 0x08, 0x88, 0x80, 0x40, 0xb4, 0xc4, 0xd4, 0x48)
	flags := byte(f.IntN(4))
	header := join([]byte{control, flags, 0, 0}, f.mac(), f.mac(), f.mac(), []byte{0, 0})
	if control&0x80 != 0 && control&0x0c == 8 {
		header = append(header, 0, 0)
	}
	if flags == 3 && f.chance(2) {
		header = join(header, f.mac())
	}
	return join(header, f.llc(etherType, payload))
}

func (f forge) radiotap(inner []byte) []byte {
	present := pick(f, uint32(0), 2, 3, 2, 0x80000002)
	flags := pick(f, byte(0), 0x20)
	header := []byte{0, 0, 0, 0}
	header = join(header, le32(present))
	if present&1 != 0 {
		header = join(header, f.bytes(8))
	}
	header = join(header, []byte{flags}, f.bytes(3))
	binary.LittleEndian.PutUint16(header[2:], uint16(len(header)))
	return join(header, inner)
}

// network makes a network-layer packet, perhaps inside tags, labels or a session; it gives its Ethernet type too.
func (f forge) network(depth int) (etherType int, packet []byte) {
	if depth < 3 {
		switch f.IntN(12) {
		case 0, 1:
			t, p := f.network(depth + 1)
			return pick(f, 0x8100, 0x8100, 0x88a8, 0x9100), join(be16(f.IntN(8)<<13|pick(f, 1, 2, 5, 100, 200)), be16(t), p)
		case 2:
			return 0x8847, f.mpls(depth)
		case 3:
			t, p := f.network(depth + 1)
			return 0x8864, join([]byte{0x11, 0}, be16(pick(f, 1, 0x27)), be16(len(p)+2), f.ppp(t, p))
		}
	}
	switch f.IntN(12) {
	case 0:
		return pick(f, 0x0806, 0x0806, 0x8035), f.arp()
	case 1:
		return pick(f, 0x6001, 0x6002, 0x6004, 0x6007, 0x8863, 0x8137, 0x809b, 0x80f3, 0x9000), f.bytes(30)
	case 2:
		return 0x6003, f.decnet()
	case 3, 4, 5:
		return 0x86dd, f.ipv6(depth)
	}
	return 0x0800, f.ipv4(depth)
}

func (f forge) mpls(depth int) []byte {
	var labels []byte
	n := 1 + f.IntN(3)
	for i := range n {
		bottom := uint32(0)
		if i == n-1 || f.chance(8) {
			bottom = 0x100
		}
		labels = join(labels, be32(uint32(pick(f, 3, 100, 1024))<<12|bottom|64))
	}
	if f.chance(2) {
		return join(labels, f.ipv6(depth+1))
	}
	return join(labels, f.ipv4(depth+1))
}

func (f forge) arp() []byte {
	return join(be16(1), be16(0x0800), []byte{6, 4}, be16(1+f.IntN(4)), f.mac(), f.address4(), f.mac(), f.address4())
}

func (f forge) decnet() []byte {
	address := func() []byte { return []byte{pick(f, byte(1), 2), 4} } // 1.1 and 1.2
	body := join([]byte{pick(f, byte(6), 2, 0x26)}, f.bytes(5), address(), f.bytes(6), address(), f.bytes(8))
	if f.chance(2) {
		body = join([]byte{body[0]}, address(), address(), f.bytes(20))
	}
	if f.chance(2) {
		body = join([]byte{0x81}, body)
	}
	return join([]byte{byte(len(body)), 0}, body)
}

var addresses4 = [][]byte{
	{10, 0, 0, 1}, {10, 0, 0, 2}, {192, 168, 1, 1}, {192, 168, 1, 77}, {172, 16, 5, 4}, {224, 0, 0, 1}, {255, 255, 255, 255}, {0, 0, 0, 0},
}

func (f forge) address4() []byte { return pick(f, addresses4...) }

var addresses6 = [][]byte{
	{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2},
	{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, make([]byte, 16),
}

func (f forge) address6() []byte { return pick(f, addresses6...) }

func (f forge) ipv4(depth int) []byte {
	protocol, payload := f.transport(depth, false)
	if f.chance(10) {
		protocol, payload = 51, f.authentication(protocol, payload)
	}
	words := 5
	if f.chance(5) {
		words += f.IntN(11)
	}
	options := f.bytes((words - 5) * 4)
	fragment := pick(f, 0, 0, 0x4000, 0x2000, 0x2005, 0x0005, 0x1fff)
	length := words*4 + len(payload)
	return join([]byte{0x40 | byte(words), pick(f, byte(0), 0x10)}, be16(length), be16(f.IntN(65536)), be16(fragment),
		[]byte{pick(f, byte(1), 64, 255), byte(protocol)}, f.bytes(2), f.address4(), f.address4(), options, payload)
}

func (f forge) ipv6(depth int) []byte {
	next, payload := f.transport(depth, true)
	for range pick(f, 0, 0, 0, 1, 2, 3) {
		kind := pick(f, 0, 43, 44, 60, 51)
		switch kind {
		case 44:
			payload = join([]byte{byte(next), 0}, be16(pick(f, 0, 1, 0x100)), f.bytes(4), payload)
		case 51:
			payload = f.authentication(next, payload)
		default:
			words := f.IntN(2)
			payload = join([]byte{byte(next), byte(words)}, f.bytes(6+8*words), payload)
		}
		next = kind
	}
	return join([]byte{0x60, 0, 0, 0}, be16(len(payload)), []byte{byte(next), 64}, f.address6(), f.address6(), payload)
}

func (f forge) authentication(next int, payload []byte) []byte {
	words := 1 + f.IntN(8)
	return join([]byte{byte(next), byte(words)}, f.bytes(2+4*words+4), payload)
}

// tame leaves out the frames whose chain of headers might lead back to itself by an authentication header, on which
// tcpdump's protochain never ends, and adds some whose chain doesn't.
func (f forge) tame(frames []frame) []frame {
	var kept []frame
	for _, fr := range frames {
		if bytes.IndexByte(fr.data, 51) < 0 {
			kept = append(kept, fr)
		}
	}
	for range 200 {
		next := pick(f, 6, 17, 58)
		payload := f.authentication(next, f.bytes(60))
		ip := join([]byte{0x45, 0}, be16(20+len(payload)), f.bytes(2), []byte{0, 0, 64, 51}, f.bytes(2), f.address4(), f.address4(), payload)
		etherType := 0x0800
		if f.chance(2) {
			etherType = 0x86dd
			ip = join([]byte{0x60, 0, 0, 0}, be16(len(payload)), []byte{51, 64}, f.address6(), f.address6(), payload)
		}
		data := join(f.mac(), f.mac(), be16(etherType), ip)
		kept = append(kept, frame{data, len(data)})
	}
	return kept
}

var ports = []int{20, 22, 53, 80, 443, 6000, 6004, 6008, 6081, 40000}

func (f forge) transport(depth int, six bool) (protocol int, payload []byte) {
	port := func() []byte { return be16(pick(f, ports...)) }
	data := f.bytes(f.IntN(40))
	switch f.IntN(9) {
	case 0, 1, 2:
		flags := pick(f, byte(2), 0x12, 0x10, 0x18, 0x11, 4, 1)
		return 6, join(port(), port(), f.bytes(8), []byte{0x50, flags}, f.bytes(6), data)
	case 3, 4:
		if depth < 2 && f.chance(4) {
			return 17, join(port(), be16(6081), f.bytes(4), f.geneve(depth+1))
		}
		return 17, join(port(), port(), be16(8+len(data)), f.bytes(2), data)
	case 5:
		return 132, join(port(), port(), f.bytes(8), data)
	case 6:
		if six {
			return 58, join([]byte{pick(f, byte(1), 2, 128, 129, 135, 136), byte(f.IntN(3))}, f.bytes(6), data)
		}
		return 1, join([]byte{pick(f, byte(0), 3, 5, 8, 11), byte(f.IntN(3))}, f.bytes(6), data)
	}
	return pick(f, 2, 9, 50, 103, 112, 59, 47), join(f.bytes(8), data)
}

func (f forge) geneve(depth int) []byte {
	words := pick(f, 0, 0, 1, 3)
	etherType, inner := f.network(depth)
	if f.chance(2) {
		etherType, inner = 0x6558, f.ethernet(depth)
	}
	return join([]byte{byte(words) | pick(f, byte(0), 0, 0, 0x40), 0}, be16(etherType), be32(uint32(pick(f, 5, 0xb))<<8),
		f.bytes(4*words), inner)
}
