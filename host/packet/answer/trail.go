package answer

import (
	"fmt"
	"strings"
)

// a trail is the way that one comparison went.
type trail struct {
	caller any // for rules of scripts

	groupReply   bool // the reply's frame went to a group
	groupRequest bool // the request's frame did

	layer string    // that is compared
	held  [8]string // names of the checks that held in it
	n     int
	depth int // checks that held in all layers

	name      string // of the check that did not hold
	got, want any
	reason    string // of a script's rule, in its words
}

// enter begins a layer.
func (t *trail) enter(layer string) { t.layer, t.n = layer, 0 }

// hold notes a check that held.
func (t *trail) hold(name string) {
	if t.n < len(t.held) {
		t.held[t.n] = name
		t.n++
	}
	t.depth++
}

// refuse notes the check that did not hold.
func (t *trail) refuse(name string, got, want any) bool {
	t.name, t.got, t.want = name, got, want
	return false
}

// same checks that the reply's value is the one that an answer has.
func same[T comparable](t *trail, name string, got, want T) bool {
	if got != want {
		return t.refuse(name, got, want)
	}
	t.hold(name)
	return true
}

// String is the reason for people: "icmp: type ok, id ok, seq 3 ~= 4", the reply's value first.
func (t *trail) String() string {
	if t.reason != "" {
		return t.reason
	}
	var b strings.Builder
	if t.layer != "" {
		b.WriteString(t.layer + ": ")
	}
	for _, name := range t.held[:t.n] {
		b.WriteString(name + " ok, ")
	}
	fmt.Fprintf(&b, "%s %v ~= %v", t.name, t.got, t.want)
	return b.String()
}
