package permit

import (
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"
)

// A Grant is one thing that a script may do. Which fields count depends on its kind.
type Grant struct {
	Kind      Kind
	To        Net          // net: towards whom; listen: where; raw: towards whom, the zero Net is anybody
	Link      string       // raw, sniff, configure: on which interface, or all that begin so ("veth*"); "": on every one
	From      netip.Prefix // raw: the source addresses that packets may have; zero: the link's own
	AnySource bool         // raw: every source
	Name      string       // read, write: a file or a folder; run: a program; env: a variable
	PerSecond float64      // rate
}

// Parse reads a grant: "net 10.0.0.0/8:67/udp", "raw on eth0 to 10.0.0.0/24", "read /etc/hosts", "rate 100/s".
func Parse(text string) (Grant, error) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	g, rest := Grant{Kind: Kind(word)}, strings.TrimSpace(rest)
	want, known := wants[g.Kind]
	switch {
	case !known:
		return Grant{}, fmt.Errorf("unknown permission '%s' (known: %s)", word, list())
	case rest == "" && !want.optional:
		return Grant{}, fmt.Errorf("permission '%s' must say what of: %s %s", word, word, want.what)
	case rest != "" && want.what == "":
		return Grant{}, fmt.Errorf("permission '%s' stands alone, got '%s'", word, text)
	}
	if err := g.read(rest); err != nil {
		return Grant{}, fmt.Errorf("permission '%s': %w", word, err)
	}
	return g, nil
}

// read reads what stands behind the kind's word.
func (g *Grant) read(rest string) (err error) {
	switch g.Kind {
	case ToNet:
		g.To, err = ParseNet(rest)
	case Listen:
		err = g.readListen(rest)
	case Raw, Sniff, Configure:
		err = g.readLink(strings.Fields(rest))
	case Rate:
		number, ok := strings.CutSuffix(rest, "/s")
		if g.PerSecond, err = strconv.ParseFloat(number, 64); !ok || err != nil || !(g.PerSecond > 0 && g.PerSecond <= 1e12) {
			err = fmt.Errorf("a number for each second such as 100/s expected, got '%s'", rest)
		}
	case Read, Write, Run, Env:
		g.Name = rest
		if strings.ContainsRune(rest, 0) {
			err = errors.New("a zero byte stands in it")
		}
	}
	return err
}

// readListen reads where may be bound. The unspecified address stands for all of its family.
func (g *Grant) readListen(rest string) (err error) {
	if g.To, err = ParseNet(rest); err != nil {
		return err
	}
	if g.To.Host != "" && g.To.Host != Anything {
		return fmt.Errorf("an address expected, got '%s'", rest)
	}
	if p := g.To.Prefix; p.IsSingleIP() && p.Addr().IsUnspecified() {
		g.To.Prefix = netip.PrefixFrom(p.Addr(), 0)
	}
	return nil
}

// readLink reads "on LINK to NET from PREFIX", the latter two of raw only.
func (g *Grant) readLink(words []string) (err error) {
	for seen := ""; len(words) > 0; words = words[2:] {
		word := words[0]
		if word != "on" && (g.Kind != Raw || word != "to" && word != "from") || strings.Contains(seen, word) {
			return fmt.Errorf("%s expected, got '%s'", g.Kind.Wants(), strings.Join(words, " "))
		}
		if len(words) < 2 {
			return fmt.Errorf("something expected behind '%s'", word)
		}
		seen += " " + word
		switch word {
		case "on":
			g.Link, err = linkName(words[1])
		case "to":
			g.To, err = ParseNet(words[1])
			if err == nil && g.To.Host != "" && g.To.Host != Anything {
				err = fmt.Errorf("addresses expected behind 'to', got '%s'", words[1])
			}
			if g.To.Host == Anything {
				g.To.Host = ""
			}
		case "from":
			err = g.readFrom(words[1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func linkName(word string) (string, error) {
	if word == Anything {
		return "", nil
	}
	if strings.Contains(strings.TrimSuffix(word, "*"), "*") || strings.ContainsAny(word, "/") {
		return "", fmt.Errorf("an interface's name expected, perhaps with * at its end, got '%s'", word)
	}
	return word, nil
}

func (g *Grant) readFrom(word string) error {
	if word == "any" {
		g.AnySource = true
		return nil
	}
	var ok bool
	if g.From, ok = prefix(word); !ok {
		return fmt.Errorf("addresses or 'any' expected behind 'from', got '%s'", word)
	}
	return nil
}

// String is g as Parse reads it.
func (g Grant) String() string {
	words := []string{string(g.Kind)}
	add := func(is bool, parts ...string) {
		if is {
			words = append(words, parts...)
		}
	}
	switch g.Kind {
	case ToNet, Listen:
		add(true, g.To.String())
	case Raw, Sniff, Configure:
		add(g.Link != "", "on", g.Link)
		add(g.To != Net{}, "to", g.To.String())
		add(g.From.IsValid(), "from", Net{Prefix: g.From}.String())
		add(g.AnySource, "from", "any")
	case Rate:
		add(true, strconv.FormatFloat(g.PerSecond, 'f', -1, 64)+"/s")
	default:
		add(g.Name != "", g.Name)
	}
	return strings.Join(words, " ")
}

// Flag is g as it is allowed on the command line: "--allow-net=10.0.0.2:80/tcp".
func (g Grant) Flag() string {
	kind, rest := g.flag()
	return "--allow-" + kind + rest
}

// flag is what stands behind "--allow-": the kind, and its value with an equals sign.
func (g Grant) flag() (kind, value string) {
	kind, rest, more := strings.Cut(g.String(), " ")
	if !more {
		return kind, ""
	}
	if strings.ContainsAny(rest, " *'") {
		rest = strconv.Quote(rest)
	}
	return kind, "=" + rest
}

// anySource says whether g lets packets have every source: when it says so, or bounds nothing at all.
func (g Grant) anySource() bool {
	return g.AnySource || g.Link == "" && g.To == Net{} && !g.From.IsValid()
}

// Covers says whether all that h lets do, g lets do, too.
func (g Grant) Covers(h Grant) bool {
	if g.Kind == Raw && h.Kind == Sniff {
		return onLink(g.Link, h.Link)
	}
	if g.Kind != h.Kind {
		return false
	}
	switch g.Kind {
	case ToNet, Listen:
		return g.To.Covers(h.To)
	case Raw:
		return onLink(g.Link, h.Link) && (g.To == Net{} || g.To.Covers(h.To)) && g.coversSource(h)
	case Sniff, Configure:
		return onLink(g.Link, h.Link)
	case Read, Write:
		return g.Name == Anything || h.Name != Anything && below(absolute(g.Name), absolute(h.Name))
	case Run, Env:
		return g.Name == Anything || g.Name == h.Name
	case Rate:
		return g.PerSecond >= h.PerSecond
	}
	return true
}

// coversSource says whether the sources of g are all of h's.
func (g Grant) coversSource(h Grant) bool {
	switch {
	case g.anySource():
		return true
	case h.anySource():
		return false
	case !g.From.IsValid() || !h.From.IsValid():
		return !h.From.IsValid()
	}
	return Net{Prefix: g.From}.holds(Net{Prefix: h.From})
}

// onLink says whether a granted interface, perhaps "veth*", is or holds link.
func onLink(granted, link string) bool {
	if begin, all := strings.CutSuffix(granted, "*"); all {
		return strings.HasPrefix(link, begin)
	}
	return granted == "" || granted == link
}

// absolute is a path from the root, as far as its text tells.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// below says whether path is folder or inside it. Both are clean.
func below(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// Grants are things that a script may do.
type Grants []Grant

// Covers says whether some grant lets do all that g does.
func (gs Grants) Covers(g Grant) bool {
	for _, has := range gs {
		if has.Covers(g) {
			return true
		}
	}
	return g.Kind == Rate && len(gs.of(Rate)) == 0 // no rate is no bound
}

// Missing are the grants among want that gs doesn't cover, each once.
func (gs Grants) Missing(want Grants) Grants {
	var missing Grants
	named := map[string]bool{}
	for _, g := range want {
		if text := g.String(); !gs.Covers(g) && !named[text] {
			named[text] = true
			missing = append(missing, g)
		}
	}
	return missing
}

// of are the grants of one kind.
func (gs Grants) of(k Kind) Grants {
	var some Grants
	for _, g := range gs {
		if g.Kind == k {
			some = append(some, g)
		}
	}
	return some
}

// String is the grants as a header's needs have them.
func (gs Grants) String() string {
	texts := make([]string, len(gs))
	for i, g := range gs {
		texts[i] = g.String()
	}
	return strings.Join(texts, "; ")
}
