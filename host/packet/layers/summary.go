package layers

import (
	"fmt"
	"strings"

	"moonwire/host/packet"
)

// text is a field for people; "" when the layer does not have it.
func text(c packet.Context, name string) string {
	f, err := c.Field(name)
	if err != nil || !c.Has(name) {
		return ""
	}
	return c.Text(f)
}

// between sums up a layer with two ends: who sends, who is meant.
func between(from, to string) func(packet.Context) string {
	return func(c packet.Context) string {
		return c.Protocol().Name + " " + text(c, from) + " > " + text(c, to)
	}
}

// ports sums up a transport layer, with its flags where it has them.
func ports(c packet.Context) string {
	line := between("sport", "dport")(c)
	if flags := text(c, "flags"); flags != "" {
		line += " " + flags
	}
	return line
}

// datagram sums up an IP layer: a fragment says where it belongs.
func datagram(c packet.Context) string {
	line := between("src", "dst")(c)
	more := c.Uint("flags")&1 != 0
	if at := c.Uint("frag") * 8; at != 0 || more {
		line += fmt.Sprintf(" fragment at %d of id %d", at, c.Uint("id"))
	}
	if more {
		line += ", more to come"
	}
	return line
}

// typed sums up a layer by its type, and by what tells two of the same type apart.
func typed(c packet.Context) string {
	line := c.Protocol().Name + " " + text(c, "type")
	for _, name := range []string{"id", "seq", "nexthopmtu", "mtu", "tgt"} {
		if v := text(c, name); v != "" {
			line += " " + name + " " + v
		}
	}
	return line
}

// arpMessage sums up ARP as people say it.
func arpMessage(c packet.Context) string {
	switch c.Uint("op") {
	case 1:
		return fmt.Sprintf("arp who-has %s tell %s", text(c, "pdst"), text(c, "psrc"))
	case 2:
		return fmt.Sprintf("arp %s is-at %s", text(c, "psrc"), text(c, "hwsrc"))
	}
	return "arp " + text(c, "op")
}

// inWords is a summary of the layer's name and of words: a field's name stands for its text, name= for that with the
// name before it, other words for themselves. Fields that the layer does not have are left out.
func inWords(format string) func(packet.Context) string {
	return func(c packet.Context) string {
		line := []string{c.Protocol().Name}
		for _, word := range strings.Fields(format) {
			field, named := strings.CutSuffix(word, "=")
			_, err := c.Protocol().Field(field)
			switch {
			case err != nil:
				line = append(line, word)
			case c.Has(field) && named:
				line = append(line, word+text(c, field))
			case c.Has(field):
				line = append(line, text(c, field))
			}
		}
		return strings.Join(line, " ")
	}
}

// fieldsOf is a summary of the layer's name and of those of the fields that the layer has.
func fieldsOf(names string) func(packet.Context) string {
	return func(c packet.Context) string {
		line := c.Protocol().Name
		for _, name := range strings.Fields(names) {
			if v := text(c, name); v != "" {
				line += " " + name + "=" + v
			}
		}
		return line
	}
}

// entries is a summary of the layer's name and of some values of the entries of a list, the first of each name.
func entries(list string, names ...string) func(packet.Context) string {
	return func(c packet.Context) string {
		line := []string{c.Protocol().Name}
		f, err := c.Field(list)
		if err != nil {
			return line[0]
		}
		all, _ := c.Stored(f).([]packet.Value)
		for _, name := range names {
			for _, e := range all {
				rec, _ := e.(packet.Record)
				if v := rec.Get(name); v != nil {
					line = append(line, packet.TextOf(v))
					break
				}
			}
		}
		return strings.Join(line, " ")
	}
}
