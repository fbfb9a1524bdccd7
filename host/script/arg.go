package script

import (
	"fmt"
	"strings"
)

// An Arg is one argument that a script declares.
type Arg struct {
	Name     string
	Type     Type
	Doc      string
	Default  string // as written
	Optional bool   // need not be given; without a default Lua sees nil
}

func (h *Header) addArg(e entry) error {
	a, err := parseArg(e.joined())
	if err != nil {
		return err
	}
	for _, b := range h.Args {
		if a.Name == b.Name {
			return fmt.Errorf("argument '%s' declared twice", a.Name)
		}
	}
	h.Args = append(h.Args, a)
	return nil
}

// parseArg reads NAME TYPE [= DEFAULT] [| DOC]. The bar of the doc has blanks around it, those of choices have none.
func parseArg(text string) (Arg, error) {
	text, doc, _ := strings.Cut(text+" ", " | ")
	name, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	kind, preset, optional := strings.Cut(rest, "=")
	kind = strings.TrimSpace(kind)
	if kind == "" || !isName(name) {
		return Arg{}, fmt.Errorf("an argument is 'NAME TYPE = DEFAULT | what it is', got '%s'", strings.TrimSpace(text))
	}
	a := Arg{Name: name, Doc: strings.TrimSpace(doc), Default: strings.TrimSpace(preset)}
	t, err := parseType(kind)
	if err != nil {
		return Arg{}, fmt.Errorf("argument '%s': %w", a.Name, err)
	}
	a.Type = t
	a.Optional = optional || t.Name == "boolean"
	if a.Default == "" {
		return a, nil
	}
	if _, err := a.Type.Parse(a.Default); err != nil {
		return Arg{}, fmt.Errorf("argument '%s': default %w", a.Name, err)
	}
	return a, nil
}

// isName says whether a word can be an argument's name and a field in Lua.
func isName(word string) bool {
	return word != "" && word[0] >= 'a' && word[0] <= 'z' && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// value is what Lua gets when the argument isn't given.
func (a Arg) value() any {
	if a.Default == "" {
		if a.Type.Name == "boolean" {
			return false
		}
		return nil
	}
	v, _ := a.Type.Parse(a.Default) // parseArg has checked it
	return v
}
