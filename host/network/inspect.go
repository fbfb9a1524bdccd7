package network

import (
	"maps"
	"net/netip"
	"reflect"
	"time"
)

// Inspector is what a Network may be beside: it counts, lists its sockets, and says when interfaces come and go.
type Inspector interface {
	System() System
	InterfaceStats(iface string) (InterfaceStats, error)
	Stats() (Stats, error)
	Sockets() ([]SocketInfo, error)
	// Watch calls f for each change of an interface, until stop is called. f must not wait.
	Watch(f func(Change)) (stop func(), err error)
}

// System is what a world says of its machine.
type System struct {
	Description string
	Booted      time.Time // zero: not known
}

// Counters are those of a group of objects, by the names that its MIB gives them without the group's own: "InOctets" of
// ifInOctets. What a world doesn't count is missing.
type Counters map[string]uint64

// InterfaceStats is what a world knows of an interface beside its row of the table.
type InterfaceStats struct {
	Counters    Counters // RFC 2863
	Type        int      // IANAifType: 6 is Ethernet, 24 the loopback, 1 something else
	Speed       uint64   // bits a second; 0: not known
	Promiscuous bool
	Alias       string // what its owner calls it
}

// Stats is what a world counts of the protocols above. "Forwarding" and "DefaultTTL" of IP are there too, as in
// RFC 4293; messages of ICMP are "InType8" and "OutType0" by their types.
type Stats struct {
	IP, IP6     Counters // RFC 4293
	ICMP, ICMP6 Counters // RFC 4293
	TCP         Counters // RFC 4022
	UDP         Counters // RFC 4113
}

// TCPState is the state of a connection, by the numbers of tcpConnectionState (RFC 4022).
type TCPState int

// The states.
const (
	TCPClosed TCPState = iota + 1
	TCPListen
	TCPSynSent
	TCPSynReceived
	TCPEstablished
	TCPFinWait1
	TCPFinWait2
	TCPCloseWait
	TCPLastAck
	TCPClosing
	TCPTimeWait
)

// SocketInfo is a socket in use. Remote is not valid where there is none.
type SocketInfo struct {
	Protocol      string // "tcp" or "udp"
	Local, Remote netip.AddrPort
	State         TCPState // of TCP
}

// Change is one of an interface.
type Change struct {
	Interface string
	Running   bool // it is up and has a carrier
	Up        bool // it is switched on
}

// CountersOf makes counters of a struct's fields of type uint64, by their names.
func CountersOf(group any) Counters {
	v := reflect.ValueOf(group)
	c := make(Counters, v.NumField())
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Uint64 {
			c[v.Type().Field(i).Name] = f.Uint()
		}
	}
	return c
}

// With is c and what more holds.
func (c Counters) With(more Counters) Counters {
	maps.Copy(c, more)
	return c
}

// Renamer is what a Network may be beside, whose host can be called by another name.
type Renamer interface {
	Hostname() (string, error)
	SetHostname(name string) error
}
