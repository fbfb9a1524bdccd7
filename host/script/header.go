package script

import (
	"fmt"
	"strings"
	"unicode"

	"moonwire/host/decl"
)

// A Header is what a script says of itself. The zero Header is that of a script without one.
type Header struct {
	Title      string
	About      string
	Args       []Arg
	Needs      []Need
	Lab        string   // and the host there, as "pair on h1"
	Simulated  bool     // in that lab time is simulated
	Shows      string   // lines as printed, the last one without its newline
	With       []string // the words with which it prints that; none: its defaults do
	Tested     bool     // it prints that only where its test, NAME_test.lua, has made what it needs
	Returns    Returns
	See        []string
	Categories []string
	Author     string
	Version    string

	Lines int // how many lines of the source it takes, 0 when there is none
}

// An Error is a fault in a header, at its line.
type Error struct {
	File    string
	Line    int
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

// Parse reads the header of src. The file's name is for the errors, which are of type *Error.
func Parse(file, src string) (*Header, error) {
	entries, length := entriesOf(src)
	h := &Header{}
	if !isHeader(entries) {
		return h, nil
	}
	h.Lines = length
	seen, needs := map[string]bool{}, 0
	lines := map[int][]Need{} // of needs
	for _, e := range entries {
		if err := h.set(e, seen); err != nil {
			return nil, &Error{File: file, Line: e.line, Message: err.Error()}
		}
		lines[e.line], needs = h.Needs[needs:], len(h.Needs)
	}
	for _, e := range entries { // arguments may come behind the needs that name them
		if err := h.checkNeeds(lines[e.line]); err != nil {
			return nil, &Error{File: file, Line: e.line, Message: err.Error()}
		}
	}
	return h, nil
}

// isHeader tells a header from other comments: its first line has the form of one, and some line has a known key.
func isHeader(entries []entry) bool {
	if len(entries) == 0 || entries[0].key == "" {
		return false
	}
	for _, e := range entries {
		if e.key != "" && (keys[e.key].set != nil || decl.Nearest(e.key, keyNames()) != "") {
			return true
		}
	}
	return false
}

// set puts one entry into the header.
func (h *Header) set(e entry, seen map[string]bool) error {
	if e.key == "" {
		return fmt.Errorf("header line without a key (a line is '-- key: value', one that goes on starts with '--  ')")
	}
	k, known := keys[e.key]
	if !known {
		return fmt.Errorf("unknown header key '%s'%s", e.key, Meant(e.key, keyNames()))
	}
	if seen[e.key] && !k.repeats {
		return fmt.Errorf("header key '%s' given twice", e.key)
	}
	seen[e.key] = true
	if e.text() == "" {
		return fmt.Errorf("header key '%s' without a value", e.key)
	}
	if i := strings.IndexFunc(e.text(), misleads); i >= 0 {
		return fmt.Errorf("header key '%s' holds %+q, which a terminal would obey", e.key, []rune(e.text()[i:])[0])
	}
	return k.set(h, e)
}

// misleads says whether a letter changes how a terminal shows those around it: control characters but tabs and newlines,
// and what turns the direction of writing.
func misleads(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' || unicode.Is(unicode.Bidi_Control, r)
}

// A key is one word that a header line may start with.
type key struct {
	repeats bool
	listed  bool // Skim reads it
	set     func(*Header, entry) error
}

// keys are all keys of the grammar.
var keys = map[string]key{
	"title":      {listed: true, set: func(h *Header, e entry) error { return one(&h.Title, e) }},
	"about":      {listed: true, set: func(h *Header, e entry) error { h.About = e.joined(); return nil }},
	"arg":        {repeats: true, set: (*Header).addArg},
	"needs":      {repeats: true, set: (*Header).addNeeds},
	"lab":        {set: (*Header).setLab},
	"shows":      {repeats: true, set: (*Header).addShows},
	"returns":    {set: (*Header).setReturns},
	"see":        {repeats: true, set: (*Header).addSee},
	"categories": {repeats: true, listed: true, set: (*Header).addCategories},
	"author":     {set: func(h *Header, e entry) error { return one(&h.Author, e) }},
	"version":    {set: func(h *Header, e entry) error { return one(&h.Version, e) }},
}

// keyNames are the keys in the order that documents use.
func keyNames() []string {
	return []string{"title", "about", "arg", "needs", "lab", "shows", "returns", "see", "categories", "author", "version"}
}

// one sets a value that has one line.
func one(to *string, e entry) error {
	if len(e.lines) > 1 {
		return fmt.Errorf("header key '%s' takes one line", e.key)
	}
	*to = e.text()
	return nil
}

// simulated ends a lab whose time is.
const simulated = " in simulated time"

func (h *Header) setLab(e entry) error {
	err := one(&h.Lab, e)
	h.Lab, h.Simulated = strings.CutSuffix(h.Lab, simulated)
	return err
}

// addShows takes lines as they are printed. Where the key stands, "with WORDS" or "in its test" before them says how they
// come about.
func (h *Header) addShows(e entry) error {
	if h.Shows == "" && len(e.lines) > 1 {
		with, ok := strings.CutPrefix(e.lines[0], "with ")
		h.Tested = e.lines[0] == "in its test"
		if ok {
			h.With = strings.Fields(with)
		}
		if ok || h.Tested {
			e.lines = e.lines[1:]
		}
	}
	if h.Shows != "" {
		h.Shows += "\n"
	}
	h.Shows += strings.Join(e.lines, "\n")
	return nil
}

func (h *Header) addSee(e entry) error {
	h.See = append(h.See, parts(e.joined())...)
	return nil
}

func (h *Header) addCategories(e entry) error {
	h.Categories = append(h.Categories, strings.FieldsFunc(e.joined(), func(r rune) bool { return r == ',' || r == ' ' })...)
	return nil
}

// parts cuts a list at its semicolons.
func parts(text string) []string {
	var list []string
	for p := range strings.SplitSeq(text, ";") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// Where is the lab that the script can run in, and the host there.
func (h *Header) Where() (lab, host string) {
	lab, host, _ = strings.Cut(h.Lab, " on ")
	return strings.TrimSpace(lab), strings.TrimSpace(host)
}
