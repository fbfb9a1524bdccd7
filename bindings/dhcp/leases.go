package dhcp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/watch"
	"moonwire/host/dhcp/watch/capture"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

func leasesFunction() decl.Function {
	return decl.Raw{Name: "leases", Why: "a source has many shapes", Run: leasesOf, Blocks: true, Fails: []string{decl.NotFound, decl.Denied, decl.Malformed},
		Doc: "Build the table of leases from what was captured, of both versions of DHCP: who got what from whom, for how long, and what became " +
			"of it. The result also has events (all but those of messages), clients, servers and stats.",
		Params: []decl.Param{{Name: "source", Type: "string|table|function", Doc: "name of a pcap or pcapng file; a list of packets, as link:capture gives " +
			"it; an iterator over packets, as link:sniff gives it; a list of messages, or of tables with message and time, as a client's exchange has them"}},
		Options: decl.OptionParams(leasesDefaults()),
		Results: []decl.Param{{Name: "leases", Type: "table[]", Doc: "a row for each address and prefix", Fields: decl.OptionParams(aLease{})}},
		Example: `local m = dhcp.decode("\2\1\6\0\0\0\0\42" .. ("\0"):rep(8) .. "\10\0\0\100" .. ("\0"):rep(8) .. "\2\0\0\0\0\1" .. ("\0"):rep(202) ..
  "\99\130\83\99\53\1\5\54\4\10\0\0\1\51\4\0\0\0\60\255")
local rows = dhcp.leases{{message=m, time=1000}}
rows[1].mac, rows[1].address, rows[1].server, rows[1].expires, rows[1].state --> 02:00:00:00:00:01, 10.0.0.100, 10.0.0.1, 1060, bound`,
		Source: "RFC 2131 section 4.3; RFC 8415 section 18"}
}

type leasesOptions struct {
	At *float64 `lua:"at?" doc:"when to look, in seconds since 1970: leases that ended before are expired; else at the last packet"`
	normal
}

func leasesDefaults() leasesOptions { return leasesOptions{normal: usual()} }

// A study is a watch over what was captured.
type study struct {
	*watch.Watcher
	events []watch.Event
	first  time.Time
	last   time.Time
}

func (s *study) tell(list []watch.Event) {
	for _, e := range list {
		if s.first.IsZero() {
			s.first = e.Time
		}
		if e.Kind != watch.Message {
			s.events = append(s.events, e)
		}
	}
}

// leasesOf is dhcp.leases(source, opts).
func leasesOf(L *lua.LState) int {
	const name = "dhcp.leases"
	o := leasesDefaults()
	decl.Options(L, name, 2, &o)
	s := &study{Watcher: watch.New(o.options(L, name))}
	var err error
	switch source := L.Get(1).(type) {
	case lua.LString:
		err = decl.HostOf(L).Block(L, func(ctx context.Context) error { return s.file(ctx, string(source)) })
	case *lua.LTable:
		s.list(L, source)
	case *lua.LFunction, *lua.LUserData:
		s.iterate(L, source)
	default:
		decl.RaiseArg(L, 1, name, decl.Expected(L, 1, "string, table or function"))
	}
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	at := s.last
	if o.At != nil {
		at = momentOf(*o.At)
	}
	s.tell(s.Advance(at))
	L.Push(s.result(L))
	return 1
}

// momentOf is a moment given in seconds since 1970.
func momentOf(n float64) time.Time { return time.Unix(0, int64(n*1e9)) }

var errNoFiles = decl.Refuse(decl.Denied, errors.New("files are not allowed here"))

// file reads a capture file.
func (s *study) file(ctx context.Context, path string) error {
	files := network.FilesFrom(ctx)
	if files == nil {
		return errNoFiles
	}
	f, err := files.Open(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if s.last, err = capture.Read(ctx, f, s.Watcher, s.tell); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// list reads packets and messages in a table.
func (s *study) list(L *lua.LState, t *lua.LTable) {
	metas, _ := t.RawGetString("meta").(*lua.LTable)
	for i := 1; i <= t.Len(); i++ {
		meta := lua.LValue(lua.LNil)
		if metas != nil {
			meta = metas.RawGetInt(i)
		}
		s.take(L, t.RawGetInt(i), meta)
	}
}

// iterate reads what an iterator gives.
func (s *study) iterate(L *lua.LState, f lua.LValue) {
	for {
		L.Push(f)
		L.Call(0, 2)
		item, meta := L.Get(-2), L.Get(-1)
		L.Pop(2)
		if item == lua.LNil {
			return
		}
		s.take(L, item, meta)
	}
}

// take reads one item: a packet with what is known of it, a message, or a table that has one.
func (s *study) take(L *lua.LState, item, meta lua.LValue) {
	if t, ok := item.(*lua.LTable); ok {
		if m := t.RawGetString("message"); m != lua.LNil {
			s.message(L, m, t)
			return
		}
		item, meta = t.RawGetInt(1), t.RawGetInt(2)
	}
	if p, ok := packets.Is(item); ok {
		s.last = s.moment(meta)
		s.tell(s.Hear(p.Sent(), s.last))
		return
	}
	s.message(L, item, nil)
}

// moment is when a packet was captured; without a time it is that of the one before.
func (s *study) moment(meta lua.LValue) time.Time {
	if ud, ok := meta.(*lua.LUserData); ok {
		if m, ok := ud.Value.(interface {
			Captured() (pcap.Packet, pcap.Interface)
		}); ok {
			p, _ := m.Captured()
			return time.Unix(p.Sec, int64(p.Nsec))
		}
	}
	return s.last
}

// message reads a message; row, if any, tells when.
func (s *study) message(L *lua.LState, v lua.LValue, row *lua.LTable) {
	sight := &watch.Sighting{Time: s.last}
	if row != nil {
		if n, ok := row.RawGetString("time").(lua.LNumber); ok {
			sight.Time = momentOf(float64(n))
		}
	}
	ud, _ := v.(*lua.LUserData)
	if ud != nil {
		sight.V4, _ = ud.Value.(*dhcp4.Message)
		sight.V6, _ = ud.Value.(*dhcp6.Message)
	}
	if sight.V4 == nil && sight.V6 == nil {
		decl.RaiseArg(L, 1, "dhcp.leases", "packets or messages expected, got "+decl.TypeName(v))
	}
	s.last = sight.Time
	s.tell(s.See(sight))
}

// result is the table of leases.
func (s *study) result(L *lua.LState) *lua.LTable {
	t := decl.Push(L, leaseRows(s.Watcher)).(*lua.LTable)
	events := L.CreateTable(len(s.events), 0)
	for i := range s.events {
		events.RawSetInt(i+1, decl.NewUserData(L, &watchEvent{s.events[i], s.first}))
	}
	t.RawSetString("events", events)
	t.RawSetString("clients", decl.Push(L, clientRows(s.Watcher)))
	t.RawSetString("servers", decl.Push(L, serverRows(s.Watcher)))
	t.RawSetString("stats", decl.Push(L, countsOf(s.Counts())))
	return t
}
