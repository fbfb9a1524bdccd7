package foreign

import (
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"slices"
	"strconv"

	"github.com/google/gopacket"

	"moonwire/host/packet"
)

// How far a value is followed: a layer of gopacket's may point to others.
const (
	deepest = 8
	longest = 4096 // entries of one list
)

// record is a layer's exported fields.
func record(l gopacket.Layer) packet.Record {
	rec, _ := valueOf(reflect.ValueOf(l), 0).(packet.Record)
	return rec
}

var (
	ipType   = reflect.TypeFor[net.IP]()
	macType  = reflect.TypeFor[net.HardwareAddr]()
	byteType = reflect.TypeFor[byte]()
)

// valueOf is a Go value as a packet's: structs are records, bytes are strings, nil pointers are nothing.
func valueOf(v reflect.Value, depth int) packet.Value {
	if depth > deepest || !v.IsValid() {
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return valueOf(v.Elem(), depth+1)
	case reflect.Bool:
		if v.Bool() {
			return uint64(1)
		}
		return uint64(0)
	case reflect.Uint64:
		return packet.U64(v.Uint())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return v.Uint()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.String:
		return v.String()
	case reflect.Slice, reflect.Array:
		return listOf(v, depth)
	case reflect.Map:
		return mapOf(v, depth)
	case reflect.Struct:
		return structOf(v, depth)
	}
	return nil // functions and channels
}

// structOf is a struct's exported fields, those of embedded structs among them.
func structOf(v reflect.Value, depth int) packet.Record {
	rec := packet.Record{}
	walkType(v.Type(), func(f reflect.StructField) {
		// A promoted field is found by its name; one that is hidden by an outer one would be the outer one, twice.
		name := snake(f.Name)
		if inner := v.FieldByName(f.Name); inner.IsValid() && rec.Get(name) == nil {
			if value := valueOf(inner, depth+1); value != nil {
				rec = append(rec, packet.Entry{Name: name, Value: value})
			}
		}
	})
	return rec
}

// listOf is addresses, bytes, or a list.
func listOf(v reflect.Value, depth int) packet.Value {
	if v.Type().Elem() == byteType {
		return bytesOf(v)
	}
	list := []packet.Value{}
	for i := range min(v.Len(), longest) {
		list = append(list, valueOf(v.Index(i), depth+1))
	}
	return list
}

// bytesOf is an address, or a string.
func bytesOf(v reflect.Value) packet.Value {
	b := make([]byte, v.Len())
	reflect.Copy(reflect.ValueOf(b), v)
	switch {
	case v.Type() == ipType:
		if a, ok := netip.AddrFromSlice(b); ok {
			return a
		}
	case v.Type() == macType && len(b) == 6:
		return packet.MAC(b)
	}
	return string(b)
}

// mapOf is a map's entries, sorted by their names.
func mapOf(v reflect.Value, depth int) packet.Record {
	rec := packet.Record{}
	for _, k := range v.MapKeys() {
		if len(rec) < longest {
			rec = append(rec, packet.Entry{Name: fmt.Sprint(valueOf(k, depth+1)), Value: valueOf(v.MapIndex(k), depth+1)})
		}
	}
	slices.SortFunc(rec, func(a, b packet.Entry) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return rec
}
