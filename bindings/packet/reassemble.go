package packet

import (
	"context"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
)

// logMax is the number of events that a reassembler keeps for events().
const logMax = 10000

// A reassembler is what Lua holds: the Go one, its clock and its log.
type reassembler struct {
	*fragment.Reassembler
	now time.Duration
	log []fragment.Event
}

// note moves the clock on, never back, and keeps events.
func (r *reassembler) note(events []fragment.Event) {
	r.log = append(r.log, events...)
	if n := len(r.log); n > logMax {
		r.log = append(r.log[:0], r.log[n-logMax:]...)
	}
}

// add takes in a packet at a time in seconds; a negative one is that of the packet before.
func (r *reassembler) add(p *packet.Packet, at float64) (*packet.Packet, []fragment.Event) {
	if t := time.Duration(at * float64(time.Second)); at >= 0 && t > r.now {
		r.now = t
	}
	return r.Add(p, r.now)
}

// An event is fragment.Event as Lua has it.
type event struct {
	Kind   string        `lua:"kind" doc:"accepted, overlap, duplicate, refused, discarded, timeout, limit or completed"`
	Time   time.Duration `lua:"time" doc:"when, in seconds, on the clock of the packets"`
	Src    string        `lua:"src" doc:"source address of the datagram"`
	Dst    string        `lua:"dst" doc:"destination address"`
	Proto  int           `lua:"proto" doc:"protocol; 0 in IPv6"`
	ID     uint32        `lua:"id" doc:"identification"`
	From   int           `lua:"from" doc:"first byte of the payload that it is about"`
	To     int           `lua:"to" doc:"the byte behind the last"`
	Reason string        `lua:"reason" doc:"why, for people"`
	Text   string        `lua:"text" doc:"all of it in a line"`
}

// eventsOf are events as Lua has them.
func eventsOf(events []fragment.Event) []event {
	list := make([]event, len(events))
	for i, e := range events {
		list[i] = event{string(e.Kind), e.At, e.Key.Src.String(), e.Key.Dst.String(), int(e.Key.Proto), e.Key.ID, e.From, e.To, e.Reason, e.String()}
	}
	return list
}

type reassembleArgs struct {
	Policy  string        `lua:"opts.policy" choices:"first|last|linux|bsd|rfc5722" doc:"what becomes of overlapping fragments: older bytes stay, newer replace them, as Linux (since 4.19: the datagram is given up), as 4.4BSD, or the datagram and its later fragments are given up"`
	Timeout time.Duration `lua:"opts.timeout" range:"0.." doc:"in seconds after a datagram's first fragment; 0: 30 for IPv4, 60 for IPv6"`
	Limit   int           `lua:"opts.limit" range:"0..1073741824" doc:"bytes of unfinished datagrams that are kept; then the oldest is given up; 0: 4 MiB"`
}

const threePieces = `local p = packet.ip{src="10.0.0.1", dst="10.0.0.2", id=7} / packet.udp{} / ("x"):rep(2000)
`

// reassemble declares packet.reassemble(opts).
func reassemble() decl.Function {
	return decl.Fn[reassembleArgs, *reassembler]{
		Name: "reassemble", Default: reassembleArgs{Policy: string(fragment.Linux)},
		Doc:    "Make a reassembler of IP fragments for a stream of packets.",
		Source: "RFC 791 section 3.2, RFC 8200 section 4.5, RFC 5722",
		Example: threePieces + `local r = packet.reassemble{policy="first"}
local whole
for _, f in ipairs(p:fragment{mtu=1300, order="reverse"}) do whole = r:add(f) end
whole:bytes() == p:bytes() --> true`,
		Run: func(_ context.Context, a reassembleArgs) (*reassembler, error) {
			c := fragment.Config{Policy: fragment.Policy(a.Policy), Timeout: a.Timeout, Limit: a.Limit}
			return &reassembler{Reassembler: fragment.NewReassembler(c)}, nil
		},
	}
}

// reassemblerClass declares what packet.reassemble returns.
func reassemblerClass() *decl.Class {
	return &decl.Class{Name: "reassembler", Doc: "Puts fragments of a stream of packets together.", Type: reflect.TypeFor[*reassembler](),
		Methods: []decl.Function{addMethod(), eachMethod(), flushMethod(), eventsMethod()}}
}

type addArgs struct {
	Self   *reassembler   `lua:"self"`
	Packet *packet.Packet `lua:"packet" doc:"what came"`
	Time   float64        `lua:"time?" doc:"when, in seconds on any clock that does not go back; negative: when the one before came"`
}

type addResult struct {
	Whole  *packet.Packet `lua:"ret.packet?" doc:"the packet itself when it is no fragment, the whole datagram when this was its last one; nil while some are missing"`
	Events []event        `lua:"ret.events" doc:"what happened"`
}

func addMethod() decl.Function {
	return decl.Fn[addArgs, addResult]{Name: "add", Default: addArgs{Time: -1},
		Doc: "Take in a packet.",
		Example: threePieces + `local r = packet.reassemble{}
local f = p:fragment{mtu=1300, overlap=8}
r:add(f[1], 0)
local whole, events = r:add(f[2], 0.1)
whole, events[1].kind, events[1].from, events[1].reason --> nil, discarded, 1272, it overlaps another (RFC 5722)`,
		Run: func(_ context.Context, a addArgs) (addResult, error) {
			whole, events := a.Self.add(a.Packet, a.Time)
			return addResult{whole, eventsOf(events)}, nil
		}}
}

type flushArgs struct {
	Self *reassembler `lua:"self"`
	Time float64      `lua:"time?" doc:"give up what is too old at that time, in seconds; without it all"`
}

func flushMethod() decl.Function {
	return decl.Fn[flushArgs, []event]{Name: "flush", Default: flushArgs{Time: -1},
		Doc:     "Give up unfinished datagrams, and say what they lacked.",
		Example: threePieces + "local r = packet.reassemble{}\nr:add(p:fragment{mtu=1300}[1])\nr:flush()[1].reason --> the frames ended; bytes from 1280 on are missing",
		Run: func(_ context.Context, a flushArgs) ([]event, error) {
			at := a.Self.now
			if a.Time >= 0 {
				at = time.Duration(a.Time * float64(time.Second))
			}
			return eventsOf(a.Self.Flush(at, a.Time < 0)), nil
		}}
}

type eventsArgs struct {
	Self *reassembler `lua:"self"`
}

func eventsMethod() decl.Function {
	return decl.Fn[eventsArgs, []event]{Name: "events",
		Doc: "Return what happened under each() since the last call, the newest 10000 events.",
		Example: threePieces + `local r = packet.reassemble{}
for whole in r:each(ipairs(p:fragment{mtu=1300})) do end
#r:events() --> 3`,
		Run: func(_ context.Context, a eventsArgs) ([]event, error) {
			log := eventsOf(a.Self.log)
			a.Self.log = nil
			return log, nil
		}}
}

func eachMethod() decl.Function {
	return decl.Raw{Name: "each", Why: "it takes an iterator and is one",
		Doc: "Iterate over another iterator's packets with their fragments put together. What comes beside a packet stays beside it, for a datagram that of its " +
			"last fragment; its time is read from there (sec and nsec). At the end what is unfinished is given up. events() tells what happened.",
		Params: []decl.Param{{Name: "iterator", Type: "function", Doc: "of packets, as link:sniff or a capture file give it; one whose first value is no packet, as ipairs, has it in its second"},
			{Name: "state", Type: "any", Optional: true, Doc: "what it is called with"}, {Name: "start", Type: "any", Optional: true, Doc: "what it is called with first"}},
		Results: []decl.Param{{Name: "iterator", Type: "function", Doc: "of packet and meta"}},
		Example: threePieces + `local size
for whole in packet.reassemble{}:each(ipairs(p:fragment{mtu=1300, order="reverse"})) do size = #whole:bytes() end
size --> 2028`,
		Run: wholes}
}

// wholes is r:each(iterator, state, start).
func wholes(L *lua.LState) int {
	r := decl.Check[*reassembler](L, "reassembler:each", 1, "self")
	next, state, control := L.CheckAny(2), L.Get(3), L.Get(4)
	L.Push(L.NewFunction(func(L *lua.LState) int {
		for {
			L.Push(next)
			L.Push(state)
			L.Push(control)
			L.Call(2, 2)
			first, meta := L.Get(-2), L.Get(-1)
			L.Pop(2)
			control = first
			if first == lua.LNil {
				r.note(r.Flush(r.now, true))
				return 0
			}
			p, ok := packets.Is(first)
			if q, second := packets.Is(meta); !ok && second {
				p, ok, meta = q, true, first
			}
			if !ok {
				decl.Raisef(L, "reassembler:each: packets expected from the iterator, got %s", decl.TypeName(first))
			}
			whole, events := r.add(p, timeOf(L, meta))
			if r.note(events); whole != nil {
				L.Push(packets.Push(L, whole))
				L.Push(meta)
				return 2
			}
		}
	}))
	return 1
}

// timeOf is the time of what comes beside a packet; -1 when it has none.
func timeOf(L *lua.LState, meta lua.LValue) float64 {
	switch meta.(type) {
	case *lua.LTable, *lua.LUserData:
	default:
		return -1
	}
	sec, ok := L.GetField(meta, "sec").(lua.LNumber)
	if !ok {
		return -1
	}
	nsec, _ := L.GetField(meta, "nsec").(lua.LNumber)
	return float64(sec) + float64(nsec)/1e9
}
