package packet

import (
	"fmt"
	"strings"
)

// dumpWidth is the number of bytes in a line of a hexdump.
const dumpWidth = 8

// Hexdump is the bytes as sent, those of each field in lines of their own with its name and value.
func (p *Packet) Hexdump() string {
	q := p.Sent()
	var b strings.Builder
	for i := range q.Len() {
		for _, r := range q.Layer(i).runs() {
			r.dump(&b, q.raw)
		}
	}
	return b.String()
}

// A run is a stretch of bytes and the fields that stand in it.
type run struct {
	from, to int
	names    []string
}

// runs are the layer's bytes, fields that share bytes together.
func (c Context) runs() (runs []run) {
	pr := c.Protocol()
	from := c.Offset()
	end := from + len(c.Header())
	if pr.Foreign != nil {
		return []run{{from, end, []string{pr.Name}}}
	}
	for i := range pr.Fields {
		f := &pr.Fields[i]
		bit, width, ok := c.Span(f)
		if !ok {
			continue
		}
		lo, hi := bit/8, (bit+width+7)/8
		label := pr.Name + "." + f.Name
		if !pr.plain {
			label += " " + c.display(f)
		}
		if n := len(runs); n > 0 && lo < runs[n-1].to {
			runs[n-1].to = max(hi, runs[n-1].to)
			runs[n-1].names = append(runs[n-1].names, label)
		} else if hi > lo {
			runs = append(runs, run{lo, hi, []string{label}})
		}
	}
	return runs
}

// dump writes a run: offset, bytes in hexadecimal, bytes as text, and in the first line what they are.
func (r run) dump(b *strings.Builder, raw []byte) {
	label := strings.Join(r.names, ", ")
	for at := r.from; at < r.to; at += dumpWidth {
		line := raw[at:min(at+dumpWidth, r.to)]
		text := fmt.Sprintf("%04x  %-*s  %-*s  %s", at, dumpWidth*3-1, fmt.Sprintf("% x", line), dumpWidth, printable(line), label)
		b.WriteString(strings.TrimRight(text, " "))
		b.WriteByte('\n')
		label = ""
	}
}

// printable is bytes as text, with dots for what no terminal shows.
func printable(b []byte) string {
	text := []byte(string(b))
	for i, c := range text {
		if c < ' ' || c > '~' {
			text[i] = '.'
		}
	}
	return string(text)
}
