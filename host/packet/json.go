package packet

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// JSON is the packet as sent: a list of layers, each with its fields in order. Bytes are hexadecimal digits; in text, a
// byte that is no ASCII is the code point of its number.
func (p *Packet) JSON() string {
	q := p.Sent()
	var b strings.Builder
	b.WriteByte('[')
	for i := range q.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		c := q.Layer(i)
		b.WriteString(`{"layer":` + quoted(c.Protocol().Name) + `,"fields":`)
		b.WriteString(c.record().json())
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.String()
}

// record is all fields that are there.
func (c Context) record() (rec Record) {
	if pr := c.Protocol(); pr.Foreign != nil {
		return pr.Foreign(c)
	}
	for f := range c.Fields() {
		v := c.Stored(f)
		if s, ok := v.(string); ok && f.Kind == Bytes {
			v = hex.EncodeToString([]byte(s))
		}
		rec = append(rec, Entry{f.Name, v})
	}
	return rec
}

func (r Record) json() string {
	parts := make([]string, len(r))
	for i, e := range r {
		parts[i] = quoted(e.Name) + ":" + jsonOf(e.Value)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func jsonOf(v Value) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool, uint64, int64, float64, U64:
		return fmt.Sprint(v)
	case string:
		return quoted(v)
	case Record:
		return v.json()
	case []Value:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = jsonOf(e)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return quoted(fmt.Sprint(v))
}

// quoted is a string of bytes as a JSON string.
func quoted(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	b, _ := json.Marshal(string(runes)) // strings always marshal
	return string(b)
}
