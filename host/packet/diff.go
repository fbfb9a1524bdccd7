package packet

import (
	"fmt"
	"strings"
)

// Diff lists what differs between two packets as sent, a line each; "" when all their bytes are equal.
func Diff(a, b *Packet) string {
	a, b = a.Sent(), b.Sent()
	if string(a.raw) == string(b.raw) {
		return ""
	}
	var lines []string
	for i := range max(a.Len(), b.Len()) {
		switch {
		case i >= a.Len():
			lines = append(lines, fmt.Sprintf("%s: only in the second", b.Layer(i)))
		case i >= b.Len():
			lines = append(lines, fmt.Sprintf("%s: only in the first", a.Layer(i)))
		default:
			lines = append(lines, diffLayers(a.Layer(i), b.Layer(i))...)
		}
	}
	return strings.Join(lines, "\n")
}

// diffLayers lists the fields that differ.
func diffLayers(a, b Context) (lines []string) {
	if a.Protocol() != b.Protocol() {
		return []string{fmt.Sprintf("%s ~= %s", a, b)}
	}
	name := a.Protocol().Name
	theirs := map[string]string{}
	for _, r := range b.rows() {
		theirs[r.name] = r.text
	}
	for _, r := range a.rows() {
		if text, ok := theirs[r.name]; !ok || text != r.text {
			if !ok {
				text = "not there"
			}
			lines = append(lines, fmt.Sprintf("%s.%s: %s ~= %s", name, r.name, r.text, text))
		}
		delete(theirs, r.name)
	}
	for _, r := range b.rows() {
		if _, left := theirs[r.name]; left {
			lines = append(lines, fmt.Sprintf("%s.%s: not there ~= %s", name, r.name, r.text))
		}
	}
	return lines
}
