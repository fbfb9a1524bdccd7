package script

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"moonwire/host/permit"
)

// A Need is something that a script must be allowed: raw frames, addresses and ports, files, programs. Names of arguments
// stand in it in capitals where their values go.
type Need struct {
	What string // a permit.Kind
	Of   string // an address, a path, a name; "" where the word stands alone
	If   string // the argument, in capitals, without which it isn't needed; "": it always is
}

func (n Need) String() string {
	s := strings.TrimSpace(n.What + " " + n.Of)
	if n.If != "" {
		s += " if " + n.If
	}
	return s
}

// Words that stand for what the host knows.
const (
	theLink  = "IFACE" // the interface that was chosen (--iface); when none was, "on IFACE" doesn't count
	theLocal = "LOCAL" // the networks of that interface, or of the first one that is up
)

// aWord is a word in capitals.
var aWord = regexp.MustCompile(`\b[A-Z][A-Z0-9_]*\b`)

// capitals are how such a word begins.
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// addNeeds reads needs, which are checked when all arguments are known.
func (h *Header) addNeeds(e entry) error {
	for _, p := range parts(e.joined()) {
		what, of, _ := strings.Cut(p, " ")
		n := Need{What: what, Of: strings.TrimSpace(of)}
		if !slices.Contains(permit.Kinds, permit.Kind(what)) {
			return fmt.Errorf("unknown need '%s'%s", what, Meant(what, needWords()))
		}
		if before, name, found := cutLast(" "+n.Of, " if "); found && aWord.FindString(name) == name {
			n.Of, n.If = strings.TrimSpace(before), name
		}
		h.Needs = append(h.Needs, n)
	}
	return nil
}

// InNeeds are the arguments whose names stand in the needs.
func (h *Header) InNeeds() []Arg {
	var named []Arg
	for _, a := range h.Args {
		if slices.ContainsFunc(h.Needs, func(n Need) bool { return slices.Contains(aWord.FindAllString(n.Of, -1), strings.ToUpper(a.Name)) }) {
			named = append(named, a)
		}
	}
	return named
}

func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return text, "", false
}

// needWords are the kinds of needs.
func needWords() []string {
	words := make([]string, len(permit.Kinds))
	for i, k := range permit.Kinds {
		words[i] = string(k)
	}
	return words
}

// checkNeeds looks whether the needs name arguments that there are, and make sense with values in their place.
func (h *Header) checkNeeds(needs []Need) error {
	if len(needs) == 0 {
		return nil
	}
	samples := expansion{values: h.samples()}
	for _, n := range needs {
		names := h.placeholders(n)
		if n.If != "" {
			names = append(names, n.If)
		}
		for _, name := range names {
			if h.arg(strings.ToLower(name)) == nil && (name == n.If || name != theLink && name != theLocal) {
				return fmt.Errorf("need '%s': there is no argument '%s'%s", n, strings.ToLower(name), Meant(name, h.names()))
			}
		}
		if _, err := h.expand(n, samples); err != nil {
			return errors.New("need" + strings.TrimPrefix(err.Error(), "permission"))
		}
	}
	return nil
}

// names are what may stand in a need in capitals.
func (h *Header) names() []string {
	names := []string{theLink, theLocal}
	for _, a := range h.Args {
		names = append(names, strings.ToUpper(a.Name))
	}
	return names
}

// samples are values of all arguments, to try the needs with.
func (h *Header) samples() Values {
	v := Values{theLink: "eth0", theLocal: "192.0.2.0/24"}
	for _, a := range h.Args {
		v[a.Name] = a.Type.sample()
	}
	return v
}

// sample is some value of the type.
func (t Type) sample() any {
	switch t.Name {
	case "boolean":
		return true
	case "integer", "number", "port", "ports", "seconds", "size":
		return 1.0
	case "one of":
		return t.Choices[0]
	case listOf:
		return t.Of.sample()
	case "prefix":
		return "192.0.2.0/24"
	}
	return "192.0.2.1"
}

// placeholders are the words of a need that stand for values. Hexadecimal numbers, parts of paths, programs and variables of
// the environment are themselves unless an argument is called so.
func (h *Header) placeholders(n Need) []string {
	if !strings.ContainsAny(n.Of, capitals) {
		return nil
	}
	var names []string
	for _, w := range aWord.FindAllString(n.Of, -1) {
		known := h.arg(strings.ToLower(w)) != nil
		switch permit.Kind(n.What) {
		case permit.Run, permit.Env:
			if !known {
				continue
			}
		case permit.Read, permit.Write:
			if !known && w != n.Of {
				continue
			}
		default:
			if !known && strings.Trim(w, "0123456789ABCDEF") == "" {
				continue
			}
		}
		if !slices.Contains(names, w) {
			names = append(names, w)
		}
	}
	return names
}
