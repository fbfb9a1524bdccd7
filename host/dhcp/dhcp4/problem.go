package dhcp4

import (
	"fmt"
	"slices"

	"moonwire/host/dhcp/option"
)

// A Problem is something in a message that could not be read, or that breaks a rule.
type Problem struct {
	Offset int    // in the message that was decoded
	Code   uint8  // of the option at fault; 0 when it is none
	Text   string // what is wrong
}

// String says where and what.
func (p Problem) String() string { return fmt.Sprintf("at byte %d: %s", p.Offset, p.Text) }

// Check lists what Decode could not read, and options whose data are not what their codes say, in the order of the message.
func (m *Message) Check() []Problem {
	all := slices.Clone(m.Problems)
	for i := range m.Options {
		o := &m.Options[i]
		if o.Code == option.Pad || o.Code == option.End || o.Missing > 0 || m.index(o.Code) != i {
			continue
		}
		data, _ := m.Get(o.Code)
		if _, err := option.Decode(option.KindOf(o.Code), data); err != nil {
			all = append(all, Problem{o.Offset, o.Code, fmt.Sprintf("%s: %s", option.NameOf(o.Code), err)})
		}
	}
	slices.SortStableFunc(all, func(a, b Problem) int { return a.Offset - b.Offset })
	return all
}
