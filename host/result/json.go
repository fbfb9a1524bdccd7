package result

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// JSON writes a result as JSON text with a newline behind it, two blanks for each level. The notes name each value that
// JSON has no words for, where null stands.
func JSON(v any) (out []byte, notes []string) {
	w := &jsonWriter{indent: true}
	w.value(v)
	w.out.WriteByte('\n')
	return w.out.Bytes(), w.notes()
}

// compact is a value as JSON on one line.
func compact(v any) (string, []string) {
	w := &jsonWriter{}
	w.value(v)
	return w.out.String(), w.notes()
}

// A jsonWriter writes one result.
type jsonWriter struct {
	out    bytes.Buffer
	indent bool
	path   []step
	lost   []string
	more   int // beyond those in lost
}

// maxNotes is how many lost values are named.
const maxNotes = 10

func (w *jsonWriter) notes() []string {
	if w.more > 0 {
		w.lost = append(w.lost, fmt.Sprintf("and %d more values like these", w.more))
		w.more = 0
	}
	return w.lost
}

// A step leads from a value to one within it.
type step struct {
	name  string
	index int // from 1; 0: name says it
}

// note says that null stands where the path leads.
func (w *jsonWriter) note(what string) {
	w.out.WriteString("null")
	if len(w.lost) == maxNotes {
		w.more++
		return
	}
	w.lost = append(w.lost, place(w.path)+" is "+what+": null stands for it")
}

// place is a path as Lua writes it: result[2].rtt.
func place(path []step) string {
	var b strings.Builder
	b.WriteString("result")
	for _, s := range path {
		if s.index > 0 {
			fmt.Fprintf(&b, "[%d]", s.index)
		} else {
			b.WriteString("." + s.name)
		}
	}
	return b.String()
}

func (w *jsonWriter) value(v any) {
	switch v := v.(type) {
	case nil:
		w.out.WriteString("null")
	case bool:
		w.out.WriteString(strconv.FormatBool(v))
	case float64:
		if n, ok := number(v); ok {
			w.out.WriteString(n)
		} else {
			w.note(unwritable(v))
		}
	case uint64:
		w.out.WriteString(strconv.FormatUint(v, 10))
	case string:
		w.string(v)
	case Raw:
		w.raw(v)
	case List:
		w.many('[', ']', len(v), func(i int) {
			w.within(step{index: i + 1}, v[i])
		})
	case Record:
		w.many('{', '}', len(v), func(i int) {
			w.string(v[i].Name)
			w.out.WriteByte(':')
			if w.indent {
				w.out.WriteByte(' ')
			}
			w.within(step{name: v[i].Name}, v[i].Value)
		})
	case Object:
		if v.Data == nil {
			w.string(v.Text)
		} else {
			w.value(v.Data)
		}
	case Foreign:
		w.note(v.What)
	}
}

// unwritable says which number JSON hasn't.
func unwritable(n float64) string {
	if math.IsNaN(n) {
		return "nan"
	}
	return "infinite"
}

func (w *jsonWriter) within(s step, v any) {
	w.path = append(w.path, s)
	w.value(v)
	w.path = w.path[:len(w.path)-1]
}

// many writes n parts between two brackets.
func (w *jsonWriter) many(open, end byte, n int, part func(i int)) {
	w.out.WriteByte(open)
	for i := range n {
		if i > 0 {
			w.out.WriteByte(',')
		}
		w.newline(1)
		part(i)
	}
	if n > 0 {
		w.newline(0)
	}
	w.out.WriteByte(end)
}

// newline begins a line, if the text has lines. A part's path is one shorter than its depth.
func (w *jsonWriter) newline(deeper int) {
	if w.indent {
		w.out.WriteByte('\n')
		for range len(w.path) + deeper {
			w.out.WriteString("  ")
		}
	}
}

func (w *jsonWriter) string(s string) {
	e := json.NewEncoder(&w.out)
	e.SetEscapeHTML(false)
	_ = e.Encode(text(s)) // a string always has JSON
	w.out.Truncate(w.out.Len() - 1)
}

// raw sets an object's own JSON into the text's lines.
func (w *jsonWriter) raw(v Raw) {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(v)); err != nil {
		w.note("no data: " + err.Error())
		return
	}
	if !w.indent {
		w.out.Write(b.Bytes())
		return
	}
	_ = json.Indent(&w.out, b.Bytes(), strings.Repeat("  ", len(w.path)), "  ")
}
