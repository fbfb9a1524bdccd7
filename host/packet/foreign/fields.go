package foreign

import (
	"reflect"
	"strings"
	"unicode"

	"github.com/google/gopacket"

	"moonwire/host/packet"
)

// fieldsOf lists the exported fields of a layer's struct, those of embedded structs among them.
func fieldsOf(l gopacket.Layer) []packet.Field {
	var fields []packet.Field
	seen := map[string]bool{}
	walkType(reflect.TypeOf(l).Elem(), func(f reflect.StructField) {
		name := snake(f.Name)
		if seen[name] || len(fields) == 64 {
			return
		}
		seen[name] = true
		fields = append(fields, packet.Field{Name: name, Kind: shown{f.Type}, Doc: words(name)})
	})
	return fields
}

// walkType visits the exported fields of a struct type, in order.
func walkType(t reflect.Type, visit func(reflect.StructField)) {
	for i := range t.NumField() {
		switch f := t.Field(i); {
		case f.Name == "BaseLayer" || !f.IsExported() || f.Type == layerType: // a layer of its own follows
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			walkType(f.Type, visit)
		default:
			visit(f)
		}
	}
}

var layerType = reflect.TypeFor[gopacket.Layer]()

// words is a name for people.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// snake is a Go name in small letters with underlines between its words: SrcIP is src_ip.
func snake(name string) string {
	name = strings.ReplaceAll(strings.ReplaceAll(name, "IPv", "Ipv"), "IDs", "Ids")
	var b strings.Builder
	r := []rune(name)
	for i, c := range r {
		if i > 0 && unicode.IsUpper(c) && r[i-1] != '_' &&
			(!unicode.IsUpper(r[i-1]) || i+1 < len(r) && unicode.IsLower(r[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
