package script

import (
	"fmt"
	"slices"
	"strings"

	"moonwire/host/permit"
)

// A Need is something that a script must be allowed: raw frames, addresses and ports, files, programs.
type Need struct {
	What string // one of needWords
	Of   string // an address, a path, a name; "" for raw
}

func (n Need) String() string { return strings.TrimSpace(n.What + " " + n.Of) }

// Nets are the networks that the script must be allowed.
func (h *Header) Nets() []permit.Net {
	var nets []permit.Net
	for _, n := range h.Needs {
		if p, err := permit.ParseNet(n.Of); err == nil && n.What == "net" {
			nets = append(nets, p)
		}
	}
	return nets
}

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
		case what == "net":
			if _, err := permit.ParseNet(n.Of); err != nil {
				return fmt.Errorf("need 'net': %w", err)
			}
		}
		h.Needs = append(h.Needs, n)
	}
	return nil
}
