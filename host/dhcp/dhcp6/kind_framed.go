package dhcp6

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"moonwire/host/packet"
)

// Framed is a value behind its length of Size bytes. At the end of an option it may be missing.
type Framed struct {
	Size int
	Of   Kind
}

func (k Framed) Read(b []byte) (packet.Value, int, error) {
	if len(b) == 0 {
		return nil, 0, nil
	}
	n, err := readUint(b, k.Size)
	if err != nil || len(b)-k.Size < int(n) {
		return nil, 0, errShort
	}
	v, used, err := k.Of.Read(b[k.Size : k.Size+int(n)])
	if err == nil && used != int(n) {
		err = errBehind
	}
	return v, k.Size + int(n), err
}

func (k Framed) Append(dst []byte, v packet.Value) ([]byte, error) {
	if v == nil {
		return dst, nil
	}
	b, err := k.Of.Append(nil, v)
	if err == nil && len(b)>>(8*k.Size) != 0 {
		err = expected(fmt.Sprintf("value of less than %d bytes", 1<<(8*k.Size)), v)
	}
	return append(appendUint(dst, uint64(len(b)), k.Size), b...), err
}

func (k Framed) Type() string { return k.Of.Type() }

// Sub is options of a space of their own, to the end: a list of tables. One that Rows name is {name=value}, another
// {code=, data=}.
type Sub struct{ Rows []Row }

func (k Sub) Read(b []byte) (packet.Value, int, error) {
	list, rest := (&reader{}).plain(b)
	if len(rest) > 0 {
		return nil, 0, errShort
	}
	values := []packet.Value{}
	for _, o := range list {
		values = append(values, k.value(o))
	}
	return values, len(b), nil
}

// value is one suboption; what its row doesn't fit is shown by code.
func (k Sub) value(o Option) packet.Value {
	for _, r := range k.Rows {
		if r.Code != o.Code {
			continue
		}
		if v, err := r.value(o); err == nil {
			return packet.Record{{Name: r.Name, Value: v}}
		}
	}
	return packet.Record{{Name: "code", Value: uint64(o.Code)}, {Name: "data", Value: string(o.Data)}}
}

func (k Sub) Append(dst []byte, v packet.Value) (_ []byte, err error) {
	list, ok := v.([]packet.Value)
	if !ok && v != nil {
		list = []packet.Value{v}
	}
	for _, one := range list {
		rec, ok := one.(packet.Record)
		if !ok {
			return dst, expected("table of a suboption", one)
		}
		if dst, err = k.append(dst, rec); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func (k Sub) append(dst []byte, rec packet.Record) ([]byte, error) {
	known := []string{"code", "data"}
	for _, r := range k.Rows {
		known = append(known, r.Name)
		if v := rec.Get(r.Name); v != nil && len(rec) == 1 {
			o, err := r.option(v)
			if err != nil {
				return dst, err
			}
			return Options{o}.append(dst)
		}
	}
	for _, e := range rec {
		if e.Name != "code" && e.Name != "data" {
			return dst, &packet.UnknownName{What: "suboption", Name: e.Name, Known: known}
		}
	}
	code, ok := wholeNumber(rec.Get("code"))
	if !ok || code > 0xffff {
		return dst, expected("suboption with a code", rec)
	}
	data, err := Bytes{}.Append(nil, rec.Get("data"))
	if err != nil || len(data) > 0xffff {
		return dst, expected("data of at most "+strconv.Itoa(0xffff)+" bytes", rec.Get("data"))
	}
	return Options{{Code: uint16(code), Data: data}}.append(dst)
}

func (Sub) Type() string { return "table[]" }

// plain reads options that hold no others.
func (r *reader) plain(b []byte) (list Options, rest []byte) {
	for len(b) > 0 {
		if len(b) < optionHeader || len(b)-optionHeader < int(binary.BigEndian.Uint16(b[2:])) {
			return list, b
		}
		end := optionHeader + int(binary.BigEndian.Uint16(b[2:]))
		list = append(list, Option{Code: binary.BigEndian.Uint16(b), Data: b[optionHeader:end:end]})
		b = b[end:]
	}
	return list, nil
}
