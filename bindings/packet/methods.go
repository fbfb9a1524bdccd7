package packet

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

const probe = `local eth, ip, udp = packet.eth, packet.ip, packet.udp
local p = eth{} / ip{src="10.0.0.1", dst="10.0.0.2", ttl=3} / udp{sport=1000, dport=33434} / "probe"
`

func methods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "bytes", Why: "called per packet", Doc: "Build the packet and return its bytes: every automatic field is computed.",
			Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "as they go on the wire"}},
			Example: `#packet.udp{}:bytes() --> 8`, Run: toBytes},
		decl.Raw{Name: "build", Why: "called per packet", Doc: "Return the packet as a receiver sees it: built, all fields set.",
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a new one"}},
			Example: `(packet.ip{} / packet.udp{}):build().ip.len --> 28`, Run: build},
		answersMethod(), replyMethod(), fragmentMethod(), fitsMethod(),
		decl.Raw{Name: "copy", Why: "called per packet", Doc: "Return a packet of its own with the same content.",
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a new one"}},
			Example: "local p = packet.ip{ttl=3}\nlocal q = p:copy()\nq.ttl = 4\np.ttl --> 3", Run: clone},
		decl.Raw{Name: "names", Why: "a list of any length", Doc: "List the names of the layers, the outermost first.",
			Results: []decl.Param{{Name: "names", Type: "string[]", Doc: "names of layers"}},
			Example: probe + `table.concat(p:names(), " ") --> eth ip udp raw`, Run: listNames},
		decl.Raw{Name: "layer", Why: "returns a view of the packet", Doc: "Find the nth layer of a name.",
			Params:  []decl.Param{{Name: "name", Type: "string", Doc: "name of a layer"}, {Name: "n", Type: "integer", Default: "1", Optional: true, Doc: "which of them, from 1"}},
			Results: []decl.Param{{Name: "layer", Type: "layer|nil", Doc: "nil when there are fewer"}},
			Example: "local p = packet.ip{} / packet.ip{ttl=9}\np:layer(\"ip\", 2).ttl --> 9", Run: nthLayer},
		decl.Raw{Name: "get", Why: "the value's type is the field's", Doc: "Read a field by its path, which may be tshark's display name.",
			Params:  []decl.Param{{Name: "path", Type: "string", Doc: "layer.field, or layer#n.field for the nth layer of that name"}},
			Results: []decl.Param{{Name: "value", Type: "any", Doc: "nil when the packet has no such layer or field, or the build will compute it"}},
			Example: probe + `p:get("ip.ttl"), p:get("udp.dstport") --> 3, 33434`, Run: get},
		decl.Raw{Name: "set", Why: "the value's type is the field's", Doc: "Set a field by its path. It returns the packet, for chains.",
			Params:  []decl.Param{{Name: "path", Type: "string", Doc: "layer.field or layer#n.field"}, {Name: "value", Type: "any", Doc: "as the field takes it; packet.auto: computed again"}},
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "the same"}},
			Example: `packet.ip{}:set("ip.ttl", 7).ttl --> 7`, Run: set},
		decl.Raw{Name: "text", Why: "takes a path to any field", Doc: "Read a field as text for people: the name of a number that has one.",
			Params:  []decl.Param{{Name: "path", Type: "string", Doc: "layer.field or layer#n.field"}},
			Results: []decl.Param{{Name: "text", Type: "string|nil", Doc: "nil when the packet has no such field"}},
			Example: probe + `p:build():text("ip.proto") --> udp`, Run: text},
		decl.Raw{Name: "number", Why: "takes a path to any field", Doc: "Read a field as a number: of flags, the bits.",
			Params:  []decl.Param{{Name: "path", Type: "string", Doc: "layer.field or layer#n.field"}},
			Results: []decl.Param{{Name: "number", Type: "integer|nil", Doc: "nil when the packet has no such field or it is no number"}},
			Example: `packet.ip{flags="DF"}:number("ip.flags") --> 2`, Run: numberOf},
		templateMethod(),
		printer("show", "Print every field of every layer; auto stands for what the build computes.", (*packet.Packet).Show),
		printer("hexdump", "Print the bytes as sent, those of each field marked with its name and value.", (*packet.Packet).Hexdump),
		printer("rfc", "Draw the header of every layer as the RFCs do, with values where there is room.", (*packet.Packet).RFC),
		decl.Raw{Name: "diff", Why: "takes a packet", Doc: "List the fields in which two packets differ as sent, a line each.",
			Params:  []decl.Param{{Name: "other", Type: "packet", Doc: "to compare with"}},
			Results: []decl.Param{{Name: "text", Type: "string|nil", Doc: "nil when all bytes are equal"}},
			Example: `packet.udp{dport=53}:diff(packet.udp{dport=54}):match("udp.dport: 53 ~= 54") --> udp.dport: 53 ~= 54`, Run: diff},
		teller("json", "Write the packet as sent in JSON: a list of layers with their fields. Bytes are hexadecimal digits.",
			`packet.dot1q{vlan=5}:json():match('"vlan":(%d+)') --> 5`, (*packet.Packet).JSON),
		teller("summary", "Say the packet in one line.", probe+`p:summary() == tostring(p) --> true`, (*packet.Packet).String),
		teller("lua", "Write the Lua expression that makes the packet again.", probe+`p:lua() == [[eth{} / ip{ttl=3, src="10.0.0.1", dst="10.0.0.2"} / udp{sport=1000, dport=33434} / "probe"]] --> true`, (*packet.Packet).Source),
	}
}

// printer declares a method that prints what view says, or returns it.
func printer(name, doc string, view func(*packet.Packet) string) decl.Function {
	return decl.Raw{Name: name, Why: "writes to the script's output", Doc: doc,
		Options: []decl.Param{{Name: "print", Type: "boolean", Default: "true", Optional: true, Doc: "false: return the text instead"}},
		Results: []decl.Param{{Name: "text", Type: "string|nil", Doc: "what would have been printed"}},
		Example: `packet.udp{}:` + name + `{print=false}:find("sport") ~= nil --> true`,
		Run: func(L *lua.LState) int {
			p := self(L, "packet:"+name)
			opts := struct {
				Print bool `lua:"print" doc:"false: return the text instead"`
			}{true}
			if L.Get(2) != lua.LNil {
				decl.Options(L, "packet:"+name, 2, &opts)
			}
			if !opts.Print {
				L.Push(lua.LString(view(p)))
				return 1
			}
			fmt.Fprint(decl.HostOf(L).Stdout(), view(p))
			return 0
		}}
}

// teller declares a method that returns what view says.
func teller(name, doc, example string, view func(*packet.Packet) string) decl.Function {
	return decl.Raw{Name: name, Why: "writes a view of the packet", Doc: doc, Example: example,
		Results: []decl.Param{{Name: "text", Type: "string", Doc: "as described"}},
		Run: func(L *lua.LState) int {
			L.Push(lua.LString(view(self(L, "packet:"+name))))
			return 1
		}}
}

func diff(L *lua.LState) int {
	p := self(L, "packet:diff")
	q, ok := packets.From(L, L.Get(2))
	if !ok {
		decl.RaiseArg(L, 1, "packet:diff", decl.Expected(L, 2, "packet"))
	}
	if text := packet.Diff(p, q); text != "" {
		L.Push(lua.LString(text))
		return 1
	}
	return 0
}

func toBytes(L *lua.LState) int {
	L.Push(lua.LString(self(L, "packet:bytes").Build()))
	return 1
}

func build(L *lua.LState) int {
	L.Push(packets.Push(L, self(L, "packet:build").Sent()))
	return 1
}

func clone(L *lua.LState) int {
	L.Push(packets.Push(L, self(L, "packet:copy").Copy()))
	return 1
}

// length is #p, the number of bytes.
func length(L *lua.LState) int {
	L.Push(lua.LNumber(self(L, "#").Size()))
	return 1
}

func listNames(L *lua.LState) int {
	all := names(self(L, "packet:names"))
	t := L.CreateTable(len(all), 0)
	for i, n := range all {
		t.RawSetInt(i+1, lua.LString(n))
	}
	L.Push(t)
	return 1
}

func nthLayer(L *lua.LState) int {
	p := self(L, "packet:layer")
	pr, err := p.Registry().Lookup(decl.String(L, "packet:layer", 2))
	if err != nil {
		packets.Raise(L, err)
	}
	if i := p.Find(pr, int(decl.CheckOr(L, "packet:layer", 3, "n", 1))); i >= 0 {
		L.Push(viewOf(L, p, i))
		return 1
	}
	return 0
}

func get(L *lua.LState) int {
	c, f := path(L, self(L, "packet:get"), decl.String(L, "packet:get", 2))
	if f == nil {
		return 0
	}
	L.Push(fieldValue(L, c, f))
	return 1
}

func set(L *lua.LState) int {
	p, where := self(L, "packet:set"), decl.String(L, "packet:set", 2)
	c, f := path(L, p, where)
	if f == nil {
		decl.Raisef(L, "packet:set: this packet (%s) has no layer for '%s'", strings.Join(names(p), ", "), where)
	}
	assign(L, c, f, L.Get(3))
	L.SetTop(1)
	return 1
}

func text(L *lua.LState) int {
	c, f := path(L, self(L, "packet:text"), decl.String(L, "packet:text", 2))
	if f == nil || !c.Has(f.Name) {
		return 0
	}
	L.Push(lua.LString(c.Text(f)))
	return 1
}

func numberOf(L *lua.LState) int {
	c, f := path(L, self(L, "packet:number"), decl.String(L, "packet:number", 2))
	if f == nil {
		return 0
	}
	n, ok := c.Number(f)
	if !ok {
		return 0
	}
	L.Push(lua.LNumber(n))
	return 1
}
