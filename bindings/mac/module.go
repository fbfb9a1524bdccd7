package mac

import (
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"net/netip"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "mac".
func Module() *decl.Module {
	return &decl.Module{
		Name: "mac",
		Doc: "MAC addresses. Every function takes text in any notation (02:00:5e:10:00:01, 02-00-5E-10-00-01, 0200.5e10.0001, " +
			"02005e100001) or the six raw bytes; EUI-64 likewise.",
		Source: "IEEE 802-2014 section 8",
		Funcs: []decl.Function{
			decl.Fn[parseArgs, []byte]{Name: "bytes", Run: toBytes, Fails: []string{decl.Malformed},
				Doc: "Read text into bytes.", Example: `mac.bytes("02:00:5e:10:00:01") == "\2\0\94\16\0\1" --> true`},
			decl.Fn[textArgs, string]{Name: "text", Run: toText, Default: textArgs{Notation: "colon"},
				Doc: "Write an address as text, in lower case with colons unless told otherwise.",
				Example: "mac.text(\"0200.5E10.0001\") --> \"02:00:5e:10:00:01\"\n" +
					"mac.text(\"\\2\\0\\94\\16\\0\\1\", \"dash\", {upper=true}) --> \"02-00-5E-10-00-01\""},
			decl.Raw{Name: "random", Run: random, Why: "draws from the script's own math.random",
				Doc:     "Make up a unicast address that is locally administered, or one that begins with the given bytes; --seed repeats it.",
				Options: decl.OptionParams(randomOptions{}),
				Results: []decl.Param{{Name: "mac", Type: "string", Doc: "as text, with colons"}},
				Example: `mac.is_local(mac.random()) --> true`},
			test("is_multicast", "Does it name a group? Broadcast does too.", `mac.is_multicast("01:00:5e:00:00:fb") --> true`,
				func(m net.HardwareAddr) bool { return m[0]&groupBit != 0 }),
			test("is_local", "Was it assigned locally rather than by a vendor?", `mac.is_local("02:00:00:00:00:01") --> true`,
				func(m net.HardwareAddr) bool { return m[0]&localBit != 0 }),
			test("is_broadcast", "Does it name every station?", `mac.is_broadcast(mac.broadcast) --> true`, isBroadcast),
			decl.Fn[macArgs, string]{Name: "oui", Run: oui, Doc: "The first three bytes, which IEEE gives to a vendor.",
				Example: `mac.oui("00-00-0C-12-34-56") --> "00:00:0c"`},
			decl.Fn[macArgs, string]{Name: "vendor", Run: vendor, Fails: []string{decl.NotFound},
				Doc:    "Who made the interface, by IEEE's public listing.",
				Source: "IEEE Registration Authority, listing of August 2022", Example: `mac.vendor("00:00:0c:12:34:56") --> "Cisco Systems, Inc"`},
			decl.Fn[groupArgs, net.HardwareAddr]{Name: "for_group", Run: forGroup, Doc: "The address that frames to a multicast group go to.",
				Source: "RFC 1112 section 6.4, RFC 2464 section 7", Example: `mac.for_group("224.0.0.251") --> "01:00:5e:00:00:fb"`},
		},
		Consts: []decl.Const{
			{Name: "broadcast", Value: "ff:ff:ff:ff:ff:ff", Doc: "Every station on the link."},
			{Name: "zero", Value: "00:00:00:00:00:00", Doc: "No station: the target of an ARP request."},
		},
	}
}

type parseArgs struct {
	Text string `lua:"text" doc:"in any notation"`
}

func toBytes(_ context.Context, a parseArgs) ([]byte, error) {
	m, err := decl.ParseMAC(a.Text)
	if err != nil {
		return nil, decl.Refuse(decl.Malformed, fmt.Errorf("mac.bytes: %w", err))
	}
	return m, nil
}

type textArgs struct {
	MAC      net.HardwareAddr `lua:"mac" doc:"bytes, or text in any notation"`
	Notation string           `lua:"notation" choices:"colon|dash|dot|bare" doc:"how to part the digits"`
	Upper    bool             `lua:"opts.upper" doc:"write capitals"`
}

func toText(_ context.Context, a textArgs) (string, error) {
	return Format(a.MAC, a.Notation, a.Upper), nil
}

type macArgs struct {
	MAC net.HardwareAddr `lua:"mac" doc:"bytes, or text in any notation"`
}

func test(name, doc, example string, f func(net.HardwareAddr) bool) decl.Function {
	return decl.Fn[macArgs, bool]{Name: name, Doc: doc, Example: example,
		Run: func(_ context.Context, a macArgs) (bool, error) { return f(a.MAC), nil }}
}

func isBroadcast(m net.HardwareAddr) bool {
	for _, b := range m {
		if b != 0xff {
			return false
		}
	}
	return true
}

func oui(_ context.Context, a macArgs) (string, error) { return Format(a.MAC[:3], "colon", false), nil }

type groupArgs struct {
	Group netip.Addr `lua:"group" type:"string|address" doc:"multicast address, IPv4 or IPv6"`
}

func forGroup(_ context.Context, a groupArgs) (net.HardwareAddr, error) {
	if !a.Group.IsMulticast() {
		return nil, decl.BadArg("group", "multicast address expected, got %s", a.Group)
	}
	return ForGroup(a.Group), nil
}

type randomOptions struct {
	Prefix string `lua:"prefix?" doc:"the first bytes, one to five, as text"`
}

// random is mac.random(opts).
func random(L *lua.LState) int {
	const name = "mac.random"
	var o randomOptions
	decl.Options(L, name, 1, &o)
	m := make(net.HardwareAddr, 6)
	for i := range m {
		m[i] = draw(L)
	}
	m[0] = m[0]&^groupBit | localBit
	if o.Prefix != "" {
		first, err := prefix(o.Prefix)
		if err != nil {
			decl.Raisef(L, "bad option 'prefix' to '%s' (%s)", name, err)
		}
		copy(m, first)
	}
	L.Push(lua.LString(m.String()))
	return 1
}

// prefix reads the first bytes of an address: one to five, parted by colons or dashes or not at all.
func prefix(text string) ([]byte, error) {
	first, err := hex.DecodeString(strings.NewReplacer(":", "", "-", "").Replace(text))
	if err != nil || len(first) < 1 || len(first) > 5 {
		return nil, fmt.Errorf("one to five bytes expected, got '%s'", text)
	}
	return first, nil
}

// draw is a byte from math.random, which follows the run's seed.
func draw(L *lua.LState) byte {
	fn := L.GetField(L.GetGlobal("math"), "random")
	L.Push(fn)
	L.Push(lua.LNumber(0))
	L.Push(lua.LNumber(255))
	L.Call(2, 1)
	n, _ := L.Get(-1).(lua.LNumber)
	L.Pop(1)
	return byte(n)
}
