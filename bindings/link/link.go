package link

import (
	"context"
	"net/netip"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"
	"golang.org/x/net/bpf"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// A Link is an interface that is open for whole frames.
type Link struct {
	iface  network.Interface
	opts   openOptions
	filter []bpf.RawInstruction // that it was opened with
	clock  network.Clock
	direct bool // packets leave as they are sent: simulated time has no moment to wait for, and what a policy refuses it refuses at once
	opened time.Time
	roles  map[*packet.Protocol]*role
	one    *single
	outbox *outbox
	names  map[int]string // of interfaces, where it hears all of them

	inbox    *inbox // what it received
	exchange spare  // for questions and answers

	mu      sync.Mutex
	senders map[string]network.LinkConn // by method, where it isn't the inbox's
	hops    map[netip.Addr]hop
	closed  bool
}

// String names the link in leak reports.
func (l *Link) String() string { return "link " + l.iface.Name }

// closeWithin is how long packets that are about to leave may take when the link is closed.
const closeWithin = 100 * time.Millisecond

// Close ends the link. What was accepted for sending is sent first.
func (l *Link) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	soon, cancel := context.WithTimeout(context.Background(), closeWithin)
	l.outbox.closed.Store(true)
	l.outbox.flush(soon)
	cancel()
	l.inbox.close()
	l.exchange.close()
	for _, s := range l.senders {
		s.Close()
	}
	return nil
}

// self is argument 1 as a link.
func self(L *lua.LState, method string) *Link { return decl.Self[*Link](L, method, "link") }

type selfArgs struct {
	Self *Link `lua:"self"`
}

func closeLink(_ context.Context, a selfArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }

// stats are the numbers that come with every result.
type stats struct {
	Received    int64 `lua:"received" doc:"packets that the filter let through, whether they were read or lost"`
	KernelDrops int64 `lua:"kernel_drops" doc:"of these, lost because the memory for them was full"`
	RingDrops   int64 `lua:"ring_drops" doc:"of these, lost between there and the script"`
	Sent        int64 `lua:"sent" doc:"packets that were sent"`
	SendErrors  int64 `lua:"send_errors" doc:"packets that the system refused to send"`
	Downs       int64 `lua:"downs" doc:"times that the interface went down"`
}

// statsOf is what happened between two counts.
func statsOf(from, to network.LinkStats) stats {
	return stats{Received: int64(to.Received - from.Received), KernelDrops: int64(to.KernelDrops - from.KernelDrops),
		RingDrops: int64(to.RingDrops - from.RingDrops), Sent: int64(to.Sent - from.Sent),
		SendErrors: int64(to.SendErrors - from.SendErrors), Downs: int64(to.Downs - from.Downs)}
}

// linkStats is link:stats().
func linkStats(ctx context.Context, a selfArgs) (stats, error) {
	l := a.Self
	l.outbox.flush(ctx)
	s := statsOf(network.LinkStats{}, l.inbox.stats())
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.senders {
		more := c.Stats()
		s.Sent, s.SendErrors = s.Sent+int64(more.Sent), s.SendErrors+int64(more.SendErrors)
	}
	more := l.exchange.stats()
	s.Sent, s.SendErrors = s.Sent+int64(more.Sent), s.SendErrors+int64(more.SendErrors)
	return s, nil
}
