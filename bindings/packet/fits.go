package packet

import (
	"errors"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/filter"
	"moonwire/host/packet/answer"
)

func fitsMethod() decl.Function {
	return decl.Raw{Name: "fits", Why: "takes a packet or a string", Run: fits,
		Doc:    "Say whether the packet fits a pattern: the layers and fields that are set in another packet, or an expression in tcpdump's language.",
		Params: []decl.Param{{Name: "pattern", Type: "packet|string", Doc: "an expression is for packets that begin with eth, ip or ipv6"}},
		Results: []decl.Param{{Name: "fits", Type: "boolean"},
			{Name: "why", Type: "string|nil", Doc: "which layer isn't there, or which field differs"}},
		Example: probe + "p:fits(packet.udp{dport=33434}), p:fits(\"udp port 53\") --> true, false"}
}

// fits is packet:fits(pattern).
func fits(L *lua.LState) int {
	const name = "packet:fits"
	p := self(L, name)
	if pattern, ok := packets.Is(L.Get(2)); ok {
		ok, reason := answer.NewPattern(pattern.Copy()).Fits(p)
		L.Push(lua.LBool(ok))
		if ok {
			return 1
		}
		L.Push(lua.LString(reason))
		return 2
	}
	expression, ok := L.Get(2).(lua.LString)
	if !ok {
		decl.RaiseArg(L, 1, name, "packet or filter expression expected, got "+decl.TypeName(L.Get(2)))
	}
	first := ""
	if p.Len() > 0 {
		first = p.Layer(0).Protocol().Name
	}
	program, err := filter.Compile(string(expression), filter.Options{LinkType: linkType(first)})
	var bad *filter.Error
	switch {
	case errors.As(err, &bad):
		decl.RaiseArg(L, 1, name, fmt.Sprintf("%s at column %d of '%s'", bad.Reason, bad.Column, bad.Expression))
	case err != nil:
		decl.Raisef(L, "%s: %s", name, err)
	}
	data := p.Build()
	L.Push(lua.LBool(program.Match(data, len(data))))
	return 1
}

// linkType is what filters call packets that begin with a layer (LINKTYPE_ETHERNET, LINKTYPE_RAW).
func linkType(first string) uint32 {
	if first == "ip" || first == "ipv6" {
		return 101
	}
	return 1
}
