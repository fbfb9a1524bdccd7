package dhcp4

import (
	"net"
	"net/netip"

	"moonwire/host/dhcp/option"
)

// Sizes of the parts of a message (RFC 2131 section 2).
const (
	headerSize = 44  // up to sname
	snameSize  = 64  // the server's name
	fileSize   = 128 // the file to boot
	fixedSize  = headerSize + snameSize + fileSize

	// LeastSize is what BOOTP relay agents and servers may demand (RFC 1542 section 2.1).
	LeastSize = 300
)

// Ops of messages (RFC 2131 section 2).
const (
	BootRequest uint8 = 1 // from a client
	BootReply   uint8 = 2 // from a server
)

// BroadcastFlag asks for an answer by broadcast (RFC 2131 section 2).
const BroadcastFlag = 0x8000

// cookie tells DHCP's options from BOOTP's vendor area (RFC 2131 section 3).
const cookie = "\x63\x82\x53\x63"

// A Message is one message. The zero value is a BOOTP message without a cookie; New makes those of DHCP.
type Message struct {
	Op, HType, HLen, Hops          uint8
	XID                            uint32
	Secs, Flags                    uint16
	CIAddr, YIAddr, SIAddr, GIAddr netip.Addr // IPv4; 0.0.0.0 is none
	CHAddr                         [16]byte
	SName, File                    []byte // as on the wire; Encode fills shorter ones with zeros
	Cookie                         bool   // false: BOOTP without options
	Options                        []Option
	Trailer                        []byte // behind the end option; of BOOTP without a cookie all that follows File
	Problems                       []Problem

	// Least is the size to which Encode fills the message with zeros.
	Least int

	short int        // size of a decoded message that ends before its fixed fields do; 0 when it doesn't
	tails [3][]byte  // by Area: behind the end of options in File and SName
	room  [14]Option // first room of Options, which spares most messages an allocation
}

// An Option is one option, a pad or an end. Data longer than 255 bytes are written as several options (RFC 3396).
type Option struct {
	Code    uint8
	Missing uint8 // bytes that its length promises and that the message does not have
	In      Area
	Offset  int // of its code in the message that was decoded; 0 when it was set since
	Data    []byte
}

// An Area is a place for options (RFC 2132 section 9.3).
type Area uint8

// The areas, in the order in which options are read (RFC 3396 section 5).
const (
	Options Area = iota // behind the cookie
	File                // option 52 is 1 or 3
	SName               // option 52 is 2 or 3
)

func (a Area) String() string { return [...]string{"options", "file", "sname"}[a%3] }

// New makes a message of a client, or of a server for types that servers send, over Ethernet, with option 53 and an end.
func New(t Type, xid uint32, mac net.HardwareAddr) *Message {
	none := netip.IPv4Unspecified()
	m := &Message{Op: t.op(), HType: 1, XID: xid, CIAddr: none, YIAddr: none, SIAddr: none, GIAddr: none, Cookie: true, Least: LeastSize}
	m.HLen = uint8(copy(m.CHAddr[:], mac))
	m.Options = append(m.room[:0], Option{Code: option.MessageType, Data: []byte{byte(t)}}, Option{Code: option.End})
	return m
}

// Answer makes a message to answer m: what RFC 2131 section 4.3.1, table 3, copies from the client's is copied.
func (m *Message) Answer(t Type) *Message {
	r := New(t, m.XID, nil)
	r.Op, r.HType, r.HLen, r.CHAddr, r.Flags, r.GIAddr = BootReply, m.HType, m.HLen, m.CHAddr, m.Flags, m.GIAddr
	return r
}

// Clone is a message of its own with the same content.
func (m *Message) Clone() *Message {
	c := *m
	c.Options = append(c.room[:0:len(c.room)], m.Options...)
	return &c
}
