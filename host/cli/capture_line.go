package cli

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
	"moonwire/host/pcap"
)

// A style says what a packet's line has.
type style struct {
	link    bool // the link layer
	quiet   bool
	verbose int
	hex     int // -x
	dump    int // -X
	ascii   bool
	time    int // -t
	numbers bool
}

// lines prints packets.
type lines struct {
	style
	nano          bool
	out           *bufio.Writer
	reg           *packet.Registry
	n             int64
	first, before time.Time
}

func newLines(s style, nano bool, out *bufio.Writer) *lines {
	return &lines{style: s, nano: nano, out: out, reg: layers.Registry()}
}

// print writes what there is to say of a packet.
func (l *lines) print(p *pcap.Packet, i *pcap.Interface) {
	l.n++
	if l.numbers {
		fmt.Fprintf(l.out, "%5d  ", l.n)
	}
	l.out.WriteString(l.stamp(p))
	first, err := l.reg.Lookup(pcap.FirstLayer(i.LinkType, p.Data))
	if err != nil {
		first, _ = l.reg.Lookup("raw")
	}
	decoded := packet.Decode(l.reg, p.Data, first)
	l.out.WriteString(l.summary(decoded))
	if len(p.Data) < p.Len {
		fmt.Fprintf(l.out, " (%d of %d bytes)", len(p.Data), p.Len)
	}
	for _, c := range p.Comments() {
		fmt.Fprintf(l.out, " -- %s", oneLine(c))
	}
	l.out.WriteByte('\n')
	if l.verbose > 0 {
		l.out.WriteString(decoded.Show())
	}
	l.bytes(decoded)
}

// stamp is a packet's time, with a blank behind it.
func (l *lines) stamp(p *pcap.Packet) string {
	if l.time == 1 {
		return ""
	}
	if p.Timeless {
		return "- "
	}
	t := p.Time()
	if l.first.IsZero() {
		l.first, l.before = t, t
	}
	before := l.before
	l.before = t
	fraction, places := t.Nanosecond()/1000, 6
	if l.nano {
		fraction, places = t.Nanosecond(), 9
	}
	switch l.time {
	case 2:
		return fmt.Sprintf("%d.%0*d ", t.Unix(), places, fraction)
	case 3:
		return l.since(t.Sub(before))
	case 4:
		return fmt.Sprintf("%s.%0*d ", t.Format("2006-01-02 15:04:05"), places, fraction)
	case 5:
		return l.since(t.Sub(l.first))
	}
	return fmt.Sprintf("%s.%0*d ", t.Format("15:04:05"), places, fraction)
}

// since is a duration as hours, minutes and seconds.
func (l *lines) since(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	seconds, fraction, places := int(d/time.Second), int(d%time.Second)/1000, 6
	if l.nano {
		fraction, places = int(d%time.Second), 9
	}
	return fmt.Sprintf("%s%02d:%02d:%02d.%0*d ", sign, seconds/3600, seconds/60%60, seconds%60, places, fraction)
}

// summary is the packet in one line.
func (l *lines) summary(p *packet.Packet) string {
	from, to := 0, p.Len()
	if !l.link && to > 1 && isLink(p.Layer(0)) {
		from = 1
	}
	if l.quiet {
		to = min(to, from+2)
	}
	var parts []string
	for i := from; i < to; i++ {
		parts = append(parts, p.Layer(i).String())
	}
	if l.quiet {
		parts = append(parts, fmt.Sprintf("%d bytes", p.Size()))
	}
	return oneLine(strings.Join(parts, " / "))
}

// isLink says whether a layer is the frame's, not the packet's.
func isLink(c packet.Context) bool {
	switch c.Protocol().Name {
	case "eth", "sll", "sll2", "loopback":
		return true
	}
	return false
}

// bytes prints the packet's bytes as the flags say, from behind the link layer unless they ask for that, too.
func (l *lines) bytes(p *packet.Packet) {
	b := p.Raw()
	if whole := l.hex > 1 || l.dump > 1 || l.link && l.ascii; !whole {
		b = b[behindLink(p):]
	}
	if l.ascii {
		l.out.WriteString(dots(b, true) + "\n")
	}
	if l.hex > 0 || l.dump > 0 {
		writeHex(l.out, b, l.dump > 0)
	}
}

// behindLink is where the network's packet begins in a frame: behind the link layer and its VLAN tags.
func behindLink(p *packet.Packet) (at int) {
	for i := range p.Len() - 1 {
		if c := p.Layer(i); isLink(c) || i > 0 && strings.HasPrefix(c.Protocol().Name, "dot1") {
			at += len(c.Header())
		} else {
			break
		}
	}
	return at
}

// writeHex writes bytes in lines of 16, as tcpdump does.
func writeHex(out *bufio.Writer, b []byte, characters bool) {
	for at := 0; at < len(b); at += 16 {
		row := b[at:min(at+16, len(b))]
		digits := ""
		for i, c := range row {
			if i%2 == 0 {
				digits += " "
			}
			digits += fmt.Sprintf("%02x", c)
		}
		if characters {
			fmt.Fprintf(out, "\t0x%04x: %-40s  %s\n", at, digits, dots(row, false))
		} else {
			fmt.Fprintf(out, "\t0x%04x: %s\n", at, digits)
		}
	}
}

// dots are bytes as characters, with a dot for what isn't one. As text they keep blanks and line ends.
func dots(b []byte, asText bool) string {
	text := make([]byte, len(b))
	for i, c := range b {
		if text[i] = c; (c <= ' ' || c > '~') && !(asText && (c == '\n' || c == ' ')) {
			text[i] = '.'
		}
	}
	return string(text)
}

// oneLine is s without control characters: a packet's content must not write elsewhere on a terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '.'
		}
		return r
	}, s)
}
