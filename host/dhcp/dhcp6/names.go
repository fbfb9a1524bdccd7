package dhcp6

import (
	"strings"

	"moonwire/host/packet"
)

// Names are the words for the values of a number.
type Names struct {
	byValue map[uint64]string
	byName  map[string]uint64 // bare; other names too
}

func newNames(byValue map[uint64]string, others ...map[string]uint64) *Names {
	n := &Names{byValue, map[string]uint64{}}
	for value, name := range byValue {
		n.byName[bare(name)] = value
	}
	for _, more := range others {
		for name, value := range more {
			n.byName[bare(name)] = value
		}
	}
	return n
}

// Map is the names by their values.
func (n *Names) Map() map[uint64]string { return n.byValue }

// List is the names.
func (n *Names) List() []string {
	all := make([]string, 0, len(n.byValue))
	for _, name := range n.byValue {
		all = append(all, name)
	}
	return all
}

// name is the word for a value; "" when there is none.
func (n *Names) name(value uint64) string {
	if n == nil {
		return ""
	}
	return n.byValue[value]
}

// number is the value that a word stands for, or a number that fits so many bytes.
func (n *Names) number(v packet.Value, size int) (uint64, bool) {
	if s, ok := v.(string); ok && n != nil {
		value, ok := n.byName[bare(s)]
		return value, ok
	}
	value, ok := wholeNumber(v)
	return value, ok && value>>(8*size) == 0
}

// wholeNumber is a number without a fraction, of those that values come as.
func wholeNumber(v packet.Value) (uint64, bool) {
	switch v := v.(type) {
	case uint64:
		return v, true
	case packet.U64:
		return uint64(v), true
	case float64:
		return uint64(v), v >= 0 && v < 1<<63 && v == float64(uint64(v))
	}
	return 0, false
}

var betweenWords = strings.NewReplacer("-", "", "_", "", " ", "", ".", "")

// bare is a name's letters and digits: case and what stands between words don't matter.
func bare(s string) string { return betweenWords.Replace(strings.ToLower(s)) }
