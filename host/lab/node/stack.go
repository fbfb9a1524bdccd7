package node

import (
	"runtime"
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/log"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/network/arp"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv6"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/icmp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/raw"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/udp"
)

// internet makes the IPv4 of every stack: what it makes beforehand takes 8 KiB and nobody reads it.
var internet = sync.OnceValue(func() stack.NetworkProtocolFactory {
	return ipv4.NewProtocolWithOptions(ipv4.Options{IGMP: ipv4.IGMPOptions{Enabled: true}})
})

// The ephemeral ports (Linux's net.ipv4.ip_local_port_range; RFC 6056).
const firstPort, lastPort = 32768, 60999

// creating is held while GOMAXPROCS is one.
var creating sync.Mutex

// ipv6Options are those of n's IPv6.
func ipv6Options(n *Node) ipv6.Options {
	o := ipv6.Options{NDPDisp: heard{n}, MLD: ipv6.MLDOptions{Enabled: true}}
	if n.opt.DetectDuplicates {
		o.DADConfigs = stack.DADConfigurations{DupAddrDetectTransmits: 1, RetransmitTimer: time.Second}
	}
	return o
}

// quiet is where the stack's log goes: what it has to say stands in counters.
type quiet struct{}

// Emit drops a line.
func (quiet) Emit(int, log.Level, time.Time, string, ...any) {}

// hush lets the stack, which writes to the process's standard error, write nowhere.
var hush = sync.OnceFunc(func() { log.SetTarget(quiet{}) })

// newStack makes n's stack. TCP starts a goroutine per processor; one per host is enough, and only one keeps the order of
// segments under simulated time.
func newStack(n *Node) *stack.Stack {
	o := stack.Options{
		NetworkProtocols: []stack.NetworkProtocolFactory{
			n.protocol(internet()),
			n.protocol(ipv6.NewProtocolWithOptions(ipv6Options(n))),
			arp.NewProtocol,
		},
		TransportProtocols: []stack.TransportProtocolFactory{
			tcp.NewProtocol, udp.NewProtocol, icmp.NewProtocol4, icmp.NewProtocol6,
		},
		Clock:       newClock(n),
		HandleLocal: true,
		RawFactory:  raw.EndpointFactory{},
	}
	if n.opt.Seed != 0 {
		o.RandSource = newStream(n.opt.Seed, n.opt.Name+" insecure")
		o.SecureRNG = newStream(n.opt.Seed, n.opt.Name+" secure")
	}
	hush()
	creating.Lock()
	defer creating.Unlock()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	s := stack.New(o)
	// Linux's: selective acknowledgements, CUBIC, receive buffers that grow. The stack's RACK is left out: after losses it
	// sends one segment in a round trip for many seconds.
	sack, moderate := tcpip.TCPSACKEnabled(true), tcpip.TCPModerateReceiveBufferOption(true)
	cubic, recovery := tcpip.CongestionControlOption("cubic"), tcpip.TCPRecovery(0)
	s.SetTransportProtocolOption(tcp.ProtocolNumber, &cubic)
	s.SetTransportProtocolOption(tcp.ProtocolNumber, &recovery)
	s.SetTransportProtocolOption(tcp.ProtocolNumber, &sack)
	s.SetTransportProtocolOption(tcp.ProtocolNumber, &moderate)
	s.SetPortRange(firstPort, lastPort)
	return s
}
