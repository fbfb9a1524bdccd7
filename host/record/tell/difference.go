package tell

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"moonwire/host/packet"
	"moonwire/host/record"
	"moonwire/host/record/tape"
)

// Difference tells a difference: what the record has, what the run did, and in what they differ. t has been told the
// record's events before it.
func (t *Teller) Difference(d *tape.Difference) string {
	var b strings.Builder
	fmt.Fprintf(&b, "the run differs from the record at event %d, %.6f s after the start\n", d.Number, d.At.Seconds())
	fmt.Fprintf(&b, "  recorded: %s\n", t.expected(d))
	switch {
	case d.Got != nil:
		fmt.Fprintf(&b, "  now:      %s%s\n", who(d.Got), t.Call(d.Got))
	case d.Ended:
		b.WriteString("  now:      the script has ended\n")
	default:
		b.WriteString("  now:      everybody waits\n")
	}
	for _, line := range t.reasons(d.Want, d.Got) {
		fmt.Fprintf(&b, "  %s\n", strings.ReplaceAll(strings.TrimRight(line, "\n"), "\n", "\n  "))
	}
	if len(d.Before) > 0 {
		b.WriteString("  the calls before, which were equal:\n")
		for _, e := range d.Before {
			fmt.Fprintf(&b, "    %s%s\n", who(e), strings.ReplaceAll(t.Call(e), "\n", "\n    "))
		}
	}
	return b.String()
}

// expected tells what the record has.
func (t *Teller) expected(d *tape.Difference) string {
	if d.Want == nil {
		return "the script has ended"
	}
	switch d.Want.Is {
	case record.Done:
		if d.Asked != nil {
			return "the answer to " + who(d.Asked) + t.Call(d.Asked)
		}
		return "an answer"
	case record.Due:
		return "a time that somebody slept or waited for is over"
	case record.Idle:
		return "nothing is left to happen"
	case record.Tell:
		return "something happened outside"
	}
	return who(d.Want) + t.Call(d.Want)
}

// reasons say in what two calls differ.
func (t *Teller) reasons(want, got *record.Event) (lines []string) {
	if got == nil || want == nil {
		return nil
	}
	if want.Call != got.Call || want.On != got.On {
		return []string{"the order of calls differs"}
	}
	if want.Task != got.Task {
		lines = append(lines, fmt.Sprintf("another task calls: %s, not %s", got.Task, want.Task))
	}
	if !bytes.Equal(want.Args, got.Args) {
		lines = append(lines, fmt.Sprintf("arguments: %s, not %s", short(string(got.Args)), short(string(want.Args))))
	}
	if want.Call == "print" {
		return append(lines, t.lines(want.Sent, got.Sent))
	}
	for i := range max(len(want.Sent), len(got.Sent)) {
		switch {
		case i >= len(want.Sent):
			return append(lines, fmt.Sprintf("packet %d is one more", i+1))
		case i >= len(got.Sent):
			return append(lines, fmt.Sprintf("packet %d is missing", i+1))
		case hello(want.Sent[i]) && hello(got.Sent[i]):
			return append(lines, "this begins TLS, whose keys and random bytes are others each time: what comes behind it can't be played")
		case !bytes.Equal(want.Sent[i], got.Sent[i]):
			return append(lines, sentDiff(want.Call, i, len(want.Sent), want.Sent[i], got.Sent[i]))
		}
	}
	return lines
}

// hello says whether TLS's first message begins b, a client's or a server's (RFC 8446 sections 4.1.2, 4.1.3 and 5.1).
func hello(b []byte) bool {
	const handshake, major, clientHello, serverHello = 22, 3, 1, 2
	return len(b) > 5 && b[0] == handshake && b[1] == major && (b[5] == clientHello || b[5] == serverHello)
}

// lines compares what was printed, line by line.
func (t *Teller) lines(want, got []record.Bytes) string {
	a, b := strings.SplitAfter(joined(want), "\n"), strings.SplitAfter(joined(got), "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("line %d of the output differs (- recorded, + now)\n- %s\n+ %s", t.printed+i+1, visible(x), visible(y))
		}
	}
	return ""
}

func joined(list []record.Bytes) string {
	return string(slices.Concat(list...))
}

// visible is a line without its end, and with what would steer a terminal shown.
func visible(line string) string {
	text := quoted(record.Bytes(strings.TrimSuffix(line, "\n")))
	return strings.Trim(text, `"`)
}

// sentDiff compares data that was sent: frames field by field.
func sentDiff(call string, i, n int, want, got []byte) string {
	what := "what was sent"
	if n > 1 {
		what = fmt.Sprintf("packet %d of %d", i+1, n)
	}
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	text := fmt.Sprintf("%s differs from byte %d on", what, at+1)
	if len(want) != len(got) {
		text += fmt.Sprintf("; it has %s, not %d", count(len(got), "byte"), len(want))
	}
	if call == "writeframes" {
		return text + "\n" + Frames(want, got)
	}
	return fmt.Sprintf("%s (- recorded, + now)\n- %s\n+ %s", text, around(want, at), around(got, at))
}

// Frames compares two frames: a line for each, and the fields that differ.
func Frames(want, got []byte) string {
	a, b := decoded(want), decoded(got)
	return fmt.Sprintf("- %s\n+ %s\n%s", a, b, strings.TrimRight(packet.Diff(a, b), "\n"))
}

// around is data near a byte.
func around(b []byte, at int) string {
	from := max(0, at-16)
	to := min(len(b), at+48)
	if from >= to {
		return `""`
	}
	text := quoted(b[from:to])
	if from > 0 {
		text = "..." + text
	}
	if to < len(b) {
		text += "..."
	}
	return text
}
