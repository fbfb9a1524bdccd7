// Package network is the world a task lives in: its sockets, its links, its tables, its time. Network is the contract;
// Kernel is this machine, package lab has the in-process one. Nothing outside this package and the lab touches package
// net's dialers or package time's clock.
package network

import (
	"context"
	"net"
	"net/netip"
	"time"

	"golang.org/x/net/bpf"
)

// Network is one world. Every task has a current one; bindings ask From(ctx) at each call and keep none.
type Network interface {
	Clock() Clock // real, or the lab's virtual time
	Caps() Caps

	// Stream makes an unbound stream socket of family "tcp", "tcp4", "tcp6" or "unix": what LuaSocket's master object
	// is. Family "tcp" is settled by the first address it binds or connects to.
	Stream(ctx context.Context, family string, o *SockOpts) (Stream, error)
	// Packet makes an unbound datagram socket of family "udp", "udp4", "udp6", "unixgram", "ping4", "ping6" (ICMP echo
	// without privilege: whole ICMP messages, the port is the identifier) or "ip4:PROTO" and "ip6:PROTO" (payload of
	// IP). Family "udp" is settled by the first address it binds to, connects to or sends to.
	Packet(ctx context.Context, family string, o *SockOpts) (PacketConn, error)

	Dial(ctx context.Context, network, addr string, o *SockOpts) (Conn, error)
	Listen(ctx context.Context, network, addr string, o *SockOpts) (Listener, error)
	ListenPacket(ctx context.Context, network, addr string, o *SockOpts) (PacketConn, error) // udp, ping, ip:proto, unixgram
	OpenLink(ctx context.Context, iface string, o *LinkOpts) (LinkConn, error)               // whole frames, in and out

	Interfaces() ([]Interface, error)
	Routes() ([]Route, error)
	Neighbors() ([]Neighbor, error)
	// NextHop says how packets to dst leave. An iface that is not "" is the one that they are to leave by.
	NextHop(ctx context.Context, dst netip.Addr, iface string) (NextHop, error)
	// Resolve makes the world find the MAC address of a neighbour: by its table, or by asking until ctx is done or the
	// system gives up (EHOSTUNREACH).
	Resolve(ctx context.Context, iface string, neighbor netip.Addr) (net.HardwareAddr, error)
	// GuardPort takes a port ("tcp" or "udp") for a script that crafts its packets: the system answers nothing that comes
	// to it, neither with a reset nor with port unreachable. Port 0 chooses one that is free.
	GuardPort(ctx context.Context, network string, local netip.AddrPort) (Guard, error)
	// LookupHost finds the addresses of a name, of one family or of both (AFUnspec), by the world's hosts file and DNS.
	// LookupAddr finds the names of an address, the canonical one first. Both fail with a *GAIError.
	LookupHost(ctx context.Context, name string, f Family) (Host, error)
	LookupAddr(ctx context.Context, a netip.Addr) ([]string, error)
	Hostname() (string, error)

	Config() Configurator // addresses, routes, MTU, up and down, forwarding; nil: not allowed here
	Close() error         // closes every socket opened through it
}

// Caps says what a world allows.
type Caps struct {
	RawIP     bool // ip:proto sockets
	RawLink   bool // whole frames
	Configure bool // Config is not nil
	PathMTU   bool // PathMTU and the error queue work
	Ping      bool // ping sockets
	Virtual   bool // the clock is simulated
	Lab       bool // nothing outside this process is on it, bridges aside
}

// Clock is a world's time.
type Clock interface {
	Now() time.Time
	Sleep(ctx context.Context, d time.Duration) error // ctx's error when cancelled
	AfterFunc(d time.Duration, f func()) Timer
	Virtual() bool
}

// A Timer is a call that is due.
type Timer interface{ Stop() bool }

// DF says what becomes of a datagram longer than the path's MTU (ip(7), IP_MTU_DISCOVER).
type DF int

// The policies, named after the kernel's.
const (
	DFDefault DF = iota
	DFDont       // fragment
	DFWant       // fragment if needed, by the known path MTU
	DFDo         // never fragment; too long is refused
	DFProbe      // never fragment, ignore the known path MTU
)

// SockOpts are settings before the first packet.
type SockOpts struct {
	Local      string // address to bind before Dial, as host:port
	Backlog    int    // of Listen; 0: the system's
	TTL, TOS   int    // 0: the system's
	DF         DF
	Broadcast  bool
	ReuseAddr  bool
	ReusePort  bool
	V6Only     bool
	Device     string // interface to bind to
	SendBuffer int    // bytes; 0: the system's
	RecvBuffer int
	Metadata   bool // received datagrams come with all of Meta
	Errors     bool // ICMP errors go into the error queue, for ReadError, and end the next call (ip(7), IP_RECVERR)
}

// Event is what Ready waits for.
type Event int

// The events of a socket.
const (
	Readable Event = 1 << iota
	Writable
	Failed // an error is pending; always waited for
)

// Socket is what streams, listeners and packet connections share.
type Socket interface {
	LocalAddr() net.Addr
	Close() error

	// Ready waits until ev is true of the socket (data, a connection, an error or an end to read; room to write).
	// With a ctx that is already done it looks once: nil when ready, ctx's error when not.
	Ready(ctx context.Context, ev Event) error
	// Interrupt makes waits that are under way return os.ErrDeadlineExceeded; later ones work.
	Interrupt()

	// SetOption and Option take LuaSocket's option names ("keepalive", "tcp-nodelay", "ip-multicast-ttl" …) and Go
	// values: bool, int, Linger, netip.Addr, Membership, string.
	SetOption(name string, value any) error
	Option(name string) (any, error)
	// FD is the descriptor, -1 where there is none (lab, closed).
	FD() int
}

// Linger is the value of option "linger".
type Linger struct {
	On      bool
	Seconds int
}

// Membership is the value of the multicast membership options.
type Membership struct {
	Group     netip.Addr
	Interface netip.Addr // v4: address of the interface, or the unspecified one
	Index     int        // interface index; v4: wins over Interface
}

// Stream is a stream socket before it has become a listener or a connection. It stays usable as a Socket afterwards:
// both share one descriptor. Addresses are numeric, as ip:port, or a path.
type Stream interface {
	Socket
	Bind(ctx context.Context, addr string) error
	Listen(backlog int) (Listener, error) // the Stream becomes the Listener
	// Connect makes the Stream a Conn. When ctx is done first, it returns the Conn that is still being connected with
	// os.ErrDeadlineExceeded (at once, if ctx was done before): Ready(ctx, Writable) and option "error" tell the rest.
	// After a refusal, and on a connection, it may be called again and answers as connect(2) does (EISCONN, EALREADY).
	Connect(ctx context.Context, addr string) (Conn, error)
}

// Conn is a connected stream.
type Conn interface {
	net.Conn
	Socket
	TryRead(b []byte) (int, error)  // never waits: os.ErrDeadlineExceeded when nothing is there, io.EOF at the end
	TryWrite(b []byte) (int, error) // never waits
	CloseRead() error
	CloseWrite() error
}

// Listener accepts Conns.
type Listener interface {
	net.Listener // Accept returns a Conn; Addr is LocalAddr
	Socket
	AcceptConn() (Conn, error)
	SetDeadline(t time.Time) error
}

// Meta is what is known of one datagram.
type Meta struct {
	Peer      net.Addr
	Local     netip.Addr // destination address of a received one, source to use for a sent one
	Interface int        // index; 0: unknown, or let the routes choose
	TTL, TOS  int        // 0: unknown, or the socket's own
	DF        DF         // of a sent one
	Time      time.Time  // of receipt
	Len       int        // whole length, when the buffer was shorter
	Truncated bool
}

// PacketError is an entry of the error queue: what a router or the far host said of a datagram we sent (RFC 792).
type PacketError struct {
	Errno    error      // the sentinel the socket call would have failed with
	Origin   string     // "icmp", "icmp6" or "local"
	Type     int        // ICMP type and code
	Code     int        //
	Offender netip.Addr // who said it; invalid when local
	Dst      netip.AddrPort
	MTU      int    // next hop's, for fragmentation needed and packet too big
	Payload  []byte // what came back of the datagram
}

// PacketConn sends and receives datagrams.
type PacketConn interface {
	net.PacketConn
	Socket
	ReadMsg(b []byte) (int, Meta, error)
	WriteMsg(b []byte, m Meta) (int, error)
	TryRead(b []byte) (int, Meta, error) // never waits
	Bind(addr net.Addr) error            // of an unbound one
	Connect(addr net.Addr) error         // nil disconnects
	RemoteAddr() net.Addr                // nil when not connected
	// ReadError waits for the next entry of the error queue; with a ctx that is already done it looks once.
	ReadError(ctx context.Context) (PacketError, error)
	// PathMTU is the largest datagram in bytes, IP header included, that the way to dst is known to carry.
	PathMTU(dst netip.Addr) (int, error)
}

// LinkOpts are settings of a raw link.
type LinkOpts struct {
	Promiscuous bool
	Snap        int                  // bytes kept of a frame; 0: all
	Buffer      int                  // bytes of memory for frames that nobody read yet; 0: a good default
	Filter      []bpf.RawInstruction // what the system lets through; nil: everything
	SendOnly    bool                 // nothing is received, so nothing is paid for it
	// Method is how to send. "" sends as programs do: captures on this machine see the frames, traffic control obeys its
	// rules. "bulk" is the fastest of "xdp", "ring", "mmsg" and "write" that works here; "xdp" goes past both. By "xdp" and
	// "ring" a single frame waits a fraction of a millisecond for others; what it meets then, the next call tells.
	Method string
}

// Direction says where a frame was going (packet(7), sll_pkttype).
type Direction uint8

// The directions, named after the kernel's packet types.
const (
	ToHost      Direction = iota // to this host
	ToBroadcast                  // to everybody
	ToMulticast                  // to a group
	ToOther                      // to another host; seen in promiscuous mode
	Outgoing                     // by this host
)

// Checksum is what the system knows of the transport checksum of a frame (packet(7), TP_STATUS_CSUM…).
type Checksum uint8

// The states of a checksum.
const (
	ChecksumUnknown  Checksum = iota // nobody looked: what stands in the frame is what was sent
	ChecksumValid                    // the kernel or the card found it right
	ChecksumDeferred                 // left to the card (offload): what stands in the frame is not the sum
)

// VLANTag is an 802.1Q tag that the system took out of a frame.
type VLANTag struct {
	TPID uint16 // 0x8100 or 0x88a8
	TCI  uint16 // priority (3 bits), drop eligible (1), VLAN identifier (12)
}

// Frame is one frame as it was on the wire.
type Frame struct {
	Data      []byte // Snap bytes of it at most
	Len       int    // on the wire
	Time      time.Time
	Interface int // index
	Direction Direction
	Checksum  Checksum
	VLAN      VLANTag // TPID 0: none was taken out; Data is then whole
}

// LinkConn sends and receives whole frames. One goroutine may read while another writes. It doesn't read the frames that
// it sends itself; other connections do, as Outgoing.
type LinkConn interface {
	// ReadFrames waits for frames and stores those at hand, at most len(into). Their Data is the connection's own memory,
	// valid until the next call. It fails with os.ErrDeadlineExceeded after Interrupt or the deadline, net.ErrClosed, a
	// *net.OpError around ENETDOWN once for each time the interface goes down, and around ENODEV once it is gone.
	ReadFrames(into []Frame) (int, error)
	// WriteFrames sends n frames: fill writes frame i into slot, which has room for the interface's longest frame, and
	// returns its length; a longer one is refused with EMSGSIZE, and one of no length with EINVAL. It returns how many were handed to the wire: with an
	// error, the number of the frame that was refused. Frames that the wire had no room for are waited for. Of frames
	// that fill was called for, the last may not have been sent.
	WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (int, error)
	// SetFilter changes the filter; frames that an older one let through and nobody read yet are dropped.
	SetFilter(program []bpf.RawInstruction) error
	SetReadDeadline(t time.Time) error
	Interrupt() // ends a read that waits
	Interface() Interface
	Method() string // of sending
	Stats() LinkStats
	Close() error // what was accepted for sending is sent first
}

// LinkStats counts what a LinkConn saw and what it lost. Frames read are Received less both kinds of drops, once all are
// read.
type LinkStats struct {
	Received    uint64 // passed the filter, whether read or lost
	KernelDrops uint64 // lost because the memory for them was full
	RingDrops   uint64 // lost between there and the reader: frames of an older filter
	Sent        uint64
	SendErrors  uint64 // refused by the system
	Downs       uint64 // times that the interface went down
}

// Interface is one row of the interface table.
type Interface struct {
	Index    int
	Name     string
	MTU      int
	MAC      net.HardwareAddr
	Flags    net.Flags
	Addrs    []netip.Prefix
	LinkType string // how OpenLink's frames begin: "ethernet", "ip" (no header below IP), "linux_sll2" (cooked)
}

// Route is one row of the routing table.
type Route struct {
	Dst       netip.Prefix
	Gateway   netip.Addr
	Src       netip.Addr
	Interface string
	Metric    int
	MTU       int
}

// NextHop is how packets to an address leave.
type NextHop struct {
	Interface string
	Src       netip.Addr       // that the system would send from
	Addr      netip.Addr       // whom the frame goes to: the gateway, or the destination itself
	MAC       net.HardwareAddr // of Addr, when that needs no asking: the table has it, or it follows from a group's address
	MTU       int              // of the way as far as it is known, IP header included
}

// Guard is a port that GuardPort took. Close gives it back; so does the end of the process.
type Guard interface {
	Addr() netip.AddrPort
	Close() error
}

// Neighbor is one row of the ARP or neighbour table.
type Neighbor struct {
	Addr      netip.Addr
	MAC       net.HardwareAddr
	Interface string
	State     string // "reachable", "stale", "failed" …
}

// Host is what a name resolves to.
type Host struct {
	Name    string // canonical
	Aliases []string
	Addrs   []netip.Addr
}

// Configurator changes a world; each change is undone by Close of the Network unless kept.
type Configurator interface {
	AddAddr(iface string, p netip.Prefix) error
	// AddAddrFor is AddAddr for a while, where the system knows of such; when the interface has the address already, its
	// lifetimes are set anew. Linux takes an address away whose lifetime is over, with the routes that have it as Src.
	AddAddrFor(iface string, p netip.Prefix, l Lifetime) error
	DelAddr(iface string, p netip.Prefix) error
	AddRoute(r Route) error
	DelRoute(r Route) error
	SetMTU(iface string, mtu int) error
	SetUp(iface string, up bool) error
	SetForwarding(on bool) error
	// SetResolver says which name servers are asked, and which domains are tried behind a short name. An empty list leaves
	// what there is. The last one set counts, and when it is undone the one before.
	SetResolver(servers []netip.Addr, search []string) error
	// Group is for changes that belong together.
	Group() Changes
}

// Changes are some of a Configurator's. Those that Undo took back, or that were kept, are forgotten.
type Changes interface {
	Configurator
	Undo() error // the last change first; what is gone already is no error
	Keep() error // they stay when the Network is closed
}

// Lifetime is how long an address may be used, and how long it is chosen for what is new, to the second; 0 is for ever.
type Lifetime struct{ Valid, Preferred time.Duration }
