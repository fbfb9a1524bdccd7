package cli

import (
	"fmt"
	"strings"

	"moonwire/host/script"
)

// A flag is a word with dashes that a command understands.
type flag struct {
	name  string // with its dashes
	value string // what stands behind it, in capitals; "" when it takes no value, "[=VALUE]" when it may
	doc   string
	set   func(value string) error // value is "" when it takes none
}

// optional says whether the flag's value may be left out. One that is given stands behind an equals sign.
func (f *flag) optional() bool { return strings.HasPrefix(f.value, "[") }

// flags are those of one command.
type flags []flag

// take reads one flag from the start of words, as "--name value", "--name=value" or, for one letter, "-nVALUE". It says
// how many words it took: none when the first is no flag of fs.
func (fs flags) take(words []string) (int, error) {
	name, value, joined := strings.Cut(words[0], "=")
	f := fs.named(name)
	if f == nil {
		if f = fs.letter(words[0]); f == nil {
			return 0, nil
		}
		value, joined = words[0][2:], true
	}
	taken := 1
	switch {
	case f.value == "" && joined:
		return 0, usagef("flag '%s' takes no value", f.name)
	case f.optional():
	case f.value != "" && !joined && len(words) == 1:
		return 0, usagef("flag '%s' needs a value (%s)", f.name, f.value)
	case f.value != "" && !joined && fs.named(words[1]) != nil:
		return 0, usagef("flag '%s' needs a value (%s), and '%s' is a flag (%s=%s gives it as the value)", f.name, f.value, words[1], f.name, words[1])
	case f.value != "" && !joined:
		value, taken = words[1], 2
	}
	if err := f.set(value); err != nil {
		return 0, usagef("flag '%s': %s", f.name, err)
	}
	return taken, nil
}

func (fs flags) named(name string) *flag {
	for i := range fs {
		if fs[i].name == name {
			return &fs[i]
		}
	}
	return nil
}

// letter finds the one-letter flag that word begins with, its value right behind it.
func (fs flags) letter(word string) *flag {
	if len(word) < 3 || strings.HasPrefix(word, "--") {
		return nil
	}
	if f := fs.named(word[:2]); f != nil && f.value != "" {
		return f
	}
	return nil
}

// parse reads all flags in words, wherever they stand, and returns the other words. What follows "--" is no flag.
func (fs flags) parse(words []string) (rest []string, err error) {
	_, rest, err = fs.part(words)
	return rest, err
}

// part is parse that returns the flags' words, too.
func (fs flags) part(words []string) (taken, rest []string, err error) {
	for len(words) > 0 {
		if words[0] == "--" {
			return taken, append(rest, words[1:]...), nil
		}
		n, err := fs.take(words)
		switch {
		case err != nil:
			return nil, nil, err
		case n == 0 && isFlag(words[0]):
			return nil, nil, fs.unknown(words[0])
		case n == 0:
			rest = append(rest, words[0])
			n = 1
		default:
			taken = append(taken, words[:n]...)
		}
		words = words[n:]
	}
	return taken, rest, nil
}

// isFlag tells flags from other words: "-" is none.
func isFlag(word string) bool { return len(word) > 1 && word[0] == '-' }

func (fs flags) unknown(word string) error {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.name
	}
	name, _, _ := strings.Cut(word, "=")
	if len(name) == len("-x") {
		return usagef("unknown flag '%s'", name) // one letter is near to every other
	}
	return usagef("unknown flag '%s'%s", name, script.Meant(name, names))
}

// String is the list of flags for a help page.
func (fs flags) String() string {
	width := 0
	for _, f := range fs {
		width = max(width, len(f.name+" "+f.value))
	}
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, strings.TrimSpace(f.name+" "+f.value), f.doc)
	}
	return b.String()
}

// on makes the set function of a flag without a value.
func on(to *bool) func(string) error {
	return func(string) error { *to = true; return nil }
}

// text makes the set function of a flag whose value is taken as it is.
func text(to *string) func(string) error {
	return func(v string) error { *to = v; return nil }
}
