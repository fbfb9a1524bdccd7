package script

import (
	"fmt"
	"regexp"
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

// argLine is NAME TYPE [= DEFAULT] [| DOC]. The bar of the doc has blanks around it, those of choices have none.
var argLine = regexp.MustCompile(`^([a-z][a-z0-9_]*)\s+([^=]*?)\s*(=.*)?$`)

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

func parseArg(text string) (Arg, error) {
	text, doc, _ := strings.Cut(text+" ", " | ")
	m := argLine.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return Arg{}, fmt.Errorf("an argument is 'NAME TYPE = DEFAULT | what it is', got '%s'", strings.TrimSpace(text))
	}
	a := Arg{Name: m[1], Doc: strings.TrimSpace(doc)}
	t, err := parseType(m[2])
	if err != nil {
		return Arg{}, fmt.Errorf("argument '%s': %w", a.Name, err)
	}
	a.Type = t
	a.Optional = m[3] != "" || t.Name == "boolean"
	a.Default = strings.TrimSpace(strings.TrimPrefix(m[3], "="))
	if a.Default == "" {
		return a, nil
	}
	if _, err := a.Type.Parse(a.Default); err != nil {
		return Arg{}, fmt.Errorf("argument '%s': default %w", a.Name, err)
	}
	return a, nil
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
