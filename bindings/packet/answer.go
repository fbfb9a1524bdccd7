package packet

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet/answer"
)

const echoPair = `local ip, icmp = packet.ip, packet.icmp
local q = ip{src="10.0.0.1", dst="10.0.0.2"} / icmp{id=7, seq=3} / "data"
`

// answersMethod declares p:answers(q).
func answersMethod() decl.Function {
	return decl.Raw{Name: "answers", Why: "runs rules that a script wrote",
		Doc:    "Say whether the packet answers another: addresses and ports changed sides, identifiers stayed, an ICMP error quotes it.",
		Params: []decl.Param{{Name: "request", Type: "packet", Doc: "what may have been asked"}},
		Results: []decl.Param{{Name: "yes", Type: "boolean", Doc: "whether it does"},
			{Name: "reason", Type: "string", Optional: true, Doc: "why not: the rule that refused, this packet's value and the one that an answer has"}},
		Example: echoPair + `local a = ip{src="10.0.0.2", dst="10.0.0.1"} / icmp{type="echo-reply", id=7, seq=4}
a:answers(q) --> false, icmp: type ok, id ok, seq 4 ~= 3`, Run: answers}
}

// answers is p:answers(q). Both are compared as they are on the wire.
func answers(L *lua.LState) int {
	p := self(L, "packet:answers")
	q, ok := packets.Is(L.Get(2))
	if !ok {
		decl.RaiseArg(L, 1, "packet:answers", decl.Expected(L, 2, "packet"))
	}
	yes, reason := answer.Match(L, p.Sent(), q.Sent())
	L.Push(lua.LBool(yes))
	if yes {
		return 1
	}
	L.Push(lua.LString(reason))
	return 2
}

// replyMethod declares q:reply(fields).
func replyMethod() decl.Function {
	return decl.Raw{Name: "reply", Why: "its argument has fields as keys",
		Doc: "Make the packet that answers: addresses and ports change sides, a question of ARP, ICMP or a SYN becomes its answer, an echo keeps its data. " +
			"What goes above TCP and UDP is for the script to stack.",
		Params:  []decl.Param{{Name: "fields", Type: "table", Optional: true, Doc: "fields to set in it, each in the first layer that has it"}},
		Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a new one"}}, Fails: []string{decl.Unsupported},
		Example: echoPair + "local a = q:reply{ttl=9}\na:answers(q), a.ip.dst, a.ttl, a.raw.load --> true, 10.0.0.1, 9, data", Run: reply}
}

// reply is q:reply(fields).
func reply(L *lua.LState) int {
	q := self(L, "packet:reply")
	fields := decl.CheckOr[*lua.LTable](L, "packet:reply", 2, "fields", nil)
	p, err := answer.Reply(q.Sent())
	if err != nil {
		return decl.Fail(L, decl.Refuse(decl.Unsupported, err))
	}
	if fields != nil {
		decl.Each(fields, func(k, v lua.LValue) {
			c, f := anyField(L, p, k.String())
			if f == nil {
				decl.Raisef(L, "packet:reply: the answer (%s) has no field '%s'", p, k)
			}
			assign(L, c, f, v)
		})
	}
	L.Push(packets.Push(L, p))
	return 1
}
