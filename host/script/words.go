package script

import (
	"errors"
	"fmt"
	"strings"
)

// ErrHelp is what Read returns when the words ask for help.
var ErrHelp = errors.New("help wanted")

// Values are the arguments of one run by name: strings, float64s and bools. An optional argument without a default
// that wasn't given is absent.
type Values map[string]any

// Read reads the words of a command line. Its errors name the argument and are meant for the person who typed it.
func (h *Header) Read(words []string) (Values, error) {
	r := reading{header: h, values: Values{}, words: words}
	for len(r.words) > 0 {
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	if err := r.place(); err != nil {
		return nil, err
	}
	return r.values, r.complete()
}

// A reading is how far Read has come.
type reading struct {
	header *Header
	values Values
	words  []string // still to be read
	placed []string // words that are no flags, in order
	plain  bool     // "--" was seen: all words are values
}

func (r *reading) next() error {
	word := r.words[0]
	r.words = r.words[1:]
	switch {
	case r.plain || !isFlag(word):
		r.placed = append(r.placed, word)
		return nil
	case word == "--":
		r.plain = true
		return nil
	case word == "--help" || word == "-h":
		return ErrHelp
	}
	return r.flag(word)
}

// isFlag tells flags from values: "-" and negative numbers are values.
func isFlag(word string) bool {
	return len(word) > 1 && word[0] == '-' && !strings.Contains("0123456789.", word[1:2])
}

// flag reads --name value, --name=value, --name and --no-name.
func (r *reading) flag(word string) error {
	name, text, given := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	name = strings.ReplaceAll(name, "-", "_")
	a := r.header.arg(name)
	if a == nil && !given {
		if off := r.header.arg(strings.TrimPrefix(name, "no_")); off != nil && off.Type.Name == "boolean" {
			r.values[off.Name] = false
			return nil
		}
	}
	switch {
	case a == nil || !strings.HasPrefix(word, "--"):
		flag, _, _ := strings.Cut(word, "=")
		return fmt.Errorf("unknown flag '%s'%s", flag, Meant(flag, r.header.flags()))
	case a.Type.Name == "boolean" && !given:
		r.values[a.Name] = true
		return nil
	case !given && len(r.words) == 0:
		return fmt.Errorf("flag '%s' needs a value (%s)", word, a.Type)
	case !given:
		text, r.words = r.words[0], r.words[1:]
	}
	return r.set(a, text)
}

// place gives the words that are no flags to the arguments that no flag has set, in the order of the header.
func (r *reading) place() error {
	for i := range r.header.Args {
		a := &r.header.Args[i]
		if _, set := r.values[a.Name]; set || a.Type.Name == "boolean" || len(r.placed) == 0 {
			continue
		}
		if err := r.set(a, r.placed[0]); err != nil {
			return err
		}
		r.placed = r.placed[1:]
	}
	if len(r.placed) > 0 {
		return fmt.Errorf("one word too many: '%s'", r.placed[0])
	}
	return nil
}

func (r *reading) set(a *Arg, text string) error {
	v, err := a.Type.Parse(text)
	if err != nil {
		return fmt.Errorf("argument '%s': %w", a.Name, err)
	}
	r.values[a.Name] = v
	return nil
}

// complete fills in the defaults, and fails for what has none.
func (r *reading) complete() error {
	for _, a := range r.header.Args {
		if _, set := r.values[a.Name]; set {
			continue
		}
		if !a.Optional {
			return fmt.Errorf("argument '%s' is missing (%s)", a.Name, a.about())
		}
		if v := a.value(); v != nil {
			r.values[a.Name] = v
		}
	}
	return nil
}

// Defaults are the values of a call without any words.
func (h *Header) Defaults() Values {
	values := Values{}
	for _, a := range h.Args {
		if v := a.value(); v != nil {
			values[a.Name] = v
		}
	}
	return values
}

func (h *Header) arg(name string) *Arg {
	for i := range h.Args {
		if h.Args[i].Name == name {
			return &h.Args[i]
		}
	}
	return nil
}

// flags are the arguments as they are typed.
func (h *Header) flags() []string {
	list := []string{"--help"}
	for _, a := range h.Args {
		list = append(list, a.Flag())
	}
	return list
}

// Flag is the argument as a flag: --slow-start.
func (a Arg) Flag() string { return "--" + strings.ReplaceAll(a.Name, "_", "-") }

// about is what one must know to fill the argument in.
func (a Arg) about() string {
	if a.Doc == "" {
		return a.Type.String()
	}
	return a.Type.String() + ": " + a.Doc
}
