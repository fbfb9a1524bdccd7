package script

import (
	"fmt"
	"slices"
	"strings"
)

// A Need is something that a script must be allowed: raw frames, addresses and ports, files, programs.
type Need struct {
	What string // one of needWords
	Of   string // an address, a path, a name; "" for raw
}

func (n Need) String() string { return strings.TrimSpace(n.What + " " + n.Of) }

// needWords are what a script may need. All but raw name what they want.
var needWords = []string{"raw", "net", "read", "write", "run", "env"}

func (h *Header) addNeeds(e entry) error {
	for _, p := range parts(e.joined()) {
		what, of, _ := strings.Cut(p, " ")
		n := Need{What: what, Of: strings.TrimSpace(of)}
		switch {
		case !slices.Contains(needWords, what):
			return fmt.Errorf("unknown need '%s'%s", what, Meant(what, needWords))
		case what == "raw" && n.Of != "":
			return fmt.Errorf("need 'raw' stands alone, got '%s'", p)
		case what != "raw" && n.Of == "":
			return fmt.Errorf("need '%s' must say what of", what)
		}
		h.Needs = append(h.Needs, n)
	}
	return nil
}
