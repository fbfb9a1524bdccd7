package dgram

import (
	"context"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// datagrams declares s:datagrams(): an iterator over receive.
func datagrams() decl.Function {
	return decl.Raw{Name: "datagrams", Why: "returns an iterator", Blocks: true,
		Doc: "Iterate over the datagrams that come, as data and meta. It ends after count of them, or when none came for timeout; ICMP errors " +
			"don't end it, error has them. Anything else raises.",
		Options: []decl.Param{
			{Name: "timeout", Type: "number", Doc: "longest wait for each, in seconds; else the socket's", Optional: true},
			{Name: "count", Type: "integer", Doc: "how many; else no limit", Optional: true},
		},
		Results: []decl.Param{{Name: "iterator", Type: "fun(): string, table", Doc: "for a generic for"}},
		Example: `local a, b = dgram.udp{address="127.0.0.1:0"}, dgram.udp{}
for i = 1, 3 do b:send("number " .. i, a:address()) end
local all = {}
for data in a:datagrams{count=3, timeout=5} do all[#all + 1] = data end
table.concat(all, ", ") --> number 1, number 2, number 3`,
		Run: newIterator}
}

const iteratorName = "dgram:datagrams"

func newIterator(L *lua.LState) int {
	ud, ok := L.Get(1).(*lua.LUserData)
	var s *Socket
	if ok {
		s, ok = ud.Value.(*Socket)
	}
	if !ok {
		decl.Raisef(L, "calling '%s' on bad self (%s)", iteratorName, decl.Expected(L, 1, "dgram"))
	}
	timeout, left := s.timeout, -1
	if opts, ok := L.Get(2).(*lua.LTable); ok {
		timeout, left = iteratorOptions(L, opts, timeout)
	} else if L.Get(2) != lua.LNil {
		decl.RaiseArg(L, 1, iteratorName, decl.Expected(L, 2, "table"))
	}
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if left == 0 {
			return 0
		}
		left--
		return s.next(L, timeout)
	}))
	return 1
}

func iteratorOptions(L *lua.LState, opts *lua.LTable, timeout *time.Duration) (*time.Duration, int) {
	left := -1
	decl.Each(opts, func(k, v lua.LValue) {
		n, ok := v.(lua.LNumber)
		switch name := k.String(); {
		case name != "timeout" && name != "count":
			decl.Raisef(L, "bad option '%s' to '%s' (expected one of: timeout, count)", name, iteratorName)
		case !ok:
			decl.Raisef(L, "bad option '%s' to '%s' (number expected, got %s)", name, iteratorName, decl.TypeName(v))
		case name == "timeout":
			d := decl.Seconds(float64(n))
			timeout = &d
		default:
			left = max(int(n), 0)
		}
	})
	return timeout, left
}

// next gives the loop one more datagram, or its end.
func (s *Socket) next(L *lua.LState, timeout *time.Duration) int {
	var r received
	err := decl.HostOf(L).Block(L, func(ctx context.Context) error {
		for {
			got, failures, err := s.receive(ctx, timeout, maxSize)
			if len(failures) == 0 {
				r = got
				return err
			}
		}
	})
	switch {
	case err == nil:
		L.Push(lua.LString(r.Data))
		L.Push(decl.Push(L, r.Meta))
		return 2
	case decl.KindOf(err) == decl.Timeout:
		return 0
	}
	decl.RaiseFailure(L, err)
	return 0
}
