package packet

import (
	"hash/crc32"
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// kinds are the types that a field of packet.protocol may have, and the width that some always have.
var kinds = map[string]struct {
	kind packet.Kind
	bits int
}{
	"number": {}, "hex": {kind: packet.Hex}, "signed": {kind: packet.Signed},
	"mac": {packet.Ether, 48}, "ip": {packet.IPv4, 32}, "ip6": {packet.IPv6, 128},
	"bytes": {kind: packet.Bytes}, "text": {kind: packet.Text}, "zero": {kind: packet.Zero}, "list": {},
}

// checksums are what the option checksum computes.
var checksums = map[string]func(packet.Context) uint64{
	"internet": packet.WholeChecksum,
	"header":   packet.HeaderChecksum,
	"pseudo":   packet.PseudoOf,
	"crc32":    func(c packet.Context) uint64 { return uint64(crc32.ChecksumIEEE(c.Whole())) },
	"crc32c":   func(c packet.Context) uint64 { return uint64(crc32.Checksum(c.Whole(), castagnoli)) },
	"sum8": func(c packet.Context) (sum uint64) {
		for _, b := range c.Whole() {
			sum += uint64(b)
		}
		return sum & 0xff
	},
	"xor8": func(c packet.Context) (sum uint64) {
		for _, b := range c.Whole() {
			sum ^= uint64(b)
		}
		return sum
	},
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// fieldKeys are the options of a field.
var fieldKeys = []string{"bits", "type", "little", "names", "flags", "default", "auto", "checksum", "size", "when", "item", "of", "count", "selects", "doc"}

// field reads a field's table.
func (d *definition) field(t *lua.LTable) packet.Field {
	d.what = ""
	f := packet.Field{Name: d.text(lua.LString("field's name"), t.RawGetInt(1))}
	d.what = f.Name
	decl.Each(t, func(k, _ lua.LValue) {
		if name, ok := k.(lua.LString); ok && !slices.Contains(fieldKeys, string(name)) {
			d.unknown(k, fieldKeys...)
		} else if !ok && k != lua.LNumber(1) {
			d.fail("options have names, got %s", k)
		}
	})
	f.Bits = d.integer(t, "bits")
	d.kind(&f, t)
	f.Little = lua.LVAsBool(t.RawGetString("little"))
	f.Size, f.When, f.Formula, f.Doc = d.option(t, "size"), d.option(t, "when"), d.option(t, "auto"), d.option(t, "doc")
	if f.Bits == 0 && f.Kind == nil {
		d.fail("bits or a type expected")
	}
	if v := t.RawGetString("default"); v != lua.LNil {
		var ok bool
		if f.Default, ok = packets.ToGo(v); !ok {
			d.fail("default: no field holds a %s", decl.TypeName(v))
		}
	}
	if sum := d.option(t, "checksum"); sum != "" {
		if f.Auto, f.Late = checksums[sum], true; f.Auto == nil {
			d.unknown(lua.LString(sum), slices.Sorted(maps.Keys(checksums))...)
		}
	}
	if lua.LVAsBool(t.RawGetString("selects")) {
		f.Auto = packet.Bound(f.Name)
		d.pr.Select = append(d.pr.Select, f.Name)
	}
	return f
}

// kind finds out what the bits of a field are.
func (d *definition) kind(f *packet.Field, t *lua.LTable) {
	kind := d.option(t, "type")
	if names, ok := t.RawGetString("names").(*lua.LTable); ok {
		f.Kind = d.enum(names)
		return
	}
	if flags := d.option(t, "flags"); flags != "" {
		f.Kind = packet.Flagged(flags)
		return
	}
	k, known := kinds[kind]
	if kind != "" && !known {
		d.unknown(lua.LString(kind), slices.Sorted(maps.Keys(kinds))...)
	}
	if f.Kind = k.kind; f.Bits == 0 {
		f.Bits = k.bits
	}
	if kind == "list" {
		f.Kind, f.Bits = d.list(f, t), 0
	}
}

// list is a field of several entries.
func (d *definition) list(f *packet.Field, t *lua.LTable) packet.Kind {
	if of := d.option(t, "of"); of != "" {
		k, known := kinds[of]
		bits := max(f.Bits, k.bits)
		if !known || bits == 0 || bits%8 != 0 {
			d.fail("of: a type, and bits for its width in whole bytes, expected")
		}
		return packet.Array{Kind: k.kind, Bits: bits}
	}
	fields, ok := t.RawGetString("item").(*lua.LTable)
	if !ok {
		d.fail("item: a list of field tables expected")
	}
	item := &packet.Protocol{Name: d.name + "." + f.Name}
	for i := 1; i <= fields.Len(); i++ {
		entry, ok := fields.RawGetInt(i).(*lua.LTable)
		if !ok {
			d.fail("item: a list of field tables expected")
		}
		item.Fields = append(item.Fields, d.field(entry))
	}
	d.what = f.Name
	return &packet.ListOf{Item: item, Count: d.option(t, "count")}
}

// enum is the names of numbers.
func (d *definition) enum(names *lua.LTable) packet.Kind {
	all := map[uint64]string{}
	decl.Each(names, func(k, v lua.LValue) {
		n, ok := k.(lua.LNumber)
		if !ok || n < 0 {
			d.fail("names: {[number]=\"name\"} expected")
		}
		all[uint64(n)] = d.text(lua.LString("names"), v)
	})
	return packet.Named(all)
}

func (d *definition) option(t *lua.LTable, key string) string {
	v := t.RawGetString(key)
	if v == lua.LNil {
		return ""
	}
	return d.text(lua.LString(key), v)
}

func (d *definition) integer(t *lua.LTable, key string) int {
	v := t.RawGetString(key)
	n, ok := v.(lua.LNumber)
	if v != lua.LNil && (!ok || n < 1 || n != lua.LNumber(int(n))) {
		d.fail("%s: whole number from 1 expected, got %s", key, v)
	}
	return int(n)
}
