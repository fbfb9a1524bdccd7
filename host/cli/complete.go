package cli

import (
	"os"
	"path"
	"slices"
	"strings"

	"moonwire/host/script"
	"moonwire/host/shelf"
)

// An offer is what a word under construction may become.
type offer struct{ word, doc string }

// offers are all of them, and whether a file or a folder may stand there, too.
type offers struct {
	words []offer
	files string // "", files or folders
}

// add offers a word.
func (o *offers) add(word, doc string) { o.words = append(o.words, offer{word, doc}) }

// complete offers what the last of the words behind "moonwire" may become.
func complete(words []string) offers {
	if len(words) == 0 {
		words = []string{""}
	}
	before, last := words[:len(words)-1], words[len(words)-1]
	var o offers
	switch c := completedCommand(before); {
	case len(before) == 0 && !beginsFlag(last):
		o.commands()
		o.files = someFiles
	case c == nil:
		return o
	case c == runCommand:
		if before[0] == c.Name() {
			before = before[1:]
		}
		o.call(before, last)
	default:
		o.command(c, before[1:], last)
	}
	return o.fitting(last)
}

// beginsFlag says whether a word may become a flag.
func beginsFlag(word string) bool { return strings.HasPrefix(word, "-") }

// completedCommand is the command that the words before the last one call; nil when they call none.
func completedCommand(before []string) *Command {
	if len(before) == 0 {
		return runCommand
	}
	c, _, err := choose(before)
	if err != nil {
		return nil
	}
	return c
}

// fitting are those that begin as the word does.
func (o offers) fitting(last string) offers {
	fit := offers{files: o.files}
	for _, w := range o.words {
		if strings.HasPrefix(w.word, last) {
			fit.words = append(fit.words, w)
		}
	}
	return fit
}

func (o *offers) commands() {
	for _, c := range commands() {
		o.add(c.Name(), c.Short)
	}
	o.add("--help", "list the commands")
	o.add("--version", "print the version")
}

// command offers what a command other than run takes.
func (o *offers) command(c *Command, before []string, last string) {
	var fs flags
	if c.Flags != nil {
		fs = c.Flags()
	}
	if o.value(fs, before, last) {
		return
	}
	if beginsFlag(last) {
		o.flags(fs)
		o.add("--help", "explain the command")
		return
	}
	o.operand(operands[c.Name()], before)
}

// flags offers flags by their names.
func (o *offers) flags(fs flags) {
	for _, f := range fs {
		o.add(f.name, f.doc)
	}
}

// value offers values when the last word is one, of the flag before it or of the one that it begins with.
func (o *offers) value(fs flags, before []string, last string) bool {
	if name, _, joined := strings.Cut(last, "="); joined && fs.named(name) != nil {
		o.operand(valueKinds[name], before)
		for i := range o.words {
			o.words[i].word = name + "=" + o.words[i].word
		}
		return true
	}
	if len(before) == 0 {
		return false
	}
	f := fs.named(before[len(before)-1])
	if f == nil || f.value == "" || strings.HasPrefix(f.value, "[") {
		return false
	}
	o.operand(valueKinds[f.name], before[:len(before)-1])
	return true
}

// call offers what run takes: moonwire's flags, a script, and the script's own flags and arguments.
func (o *offers) call(before []string, last string) {
	fs := append(new(call).own(), codeFlag(new(call)))
	if o.value(fs, before, last) {
		return
	}
	h, rest, found := calledScript(fs, before)
	if !found {
		if beginsFlag(last) {
			o.flags(fs)
			o.add("--help", "explain the command")
		} else {
			o.operand(scriptOperand, nil)
		}
		return
	}
	o.argument(h, rest, last)
	if beginsFlag(last) && !strings.Contains(last, "=") {
		o.flags(new(call).own())
	}
}

// calledScript is the header of the script among the words, and the script's own words. found: there is one.
func calledScript(fs flags, words []string) (h *script.Header, rest []string, found bool) {
	for len(words) > 0 {
		n, err := fs.take(words)
		switch {
		case err != nil:
			return nil, nil, false
		case n == 0 && words[0] == "--" && len(words) > 1:
			words = words[1:]
		case n == 0 && !found && isFlag(words[0]): // none of ours: run will say so
			n = 1
		case n == 0 && found:
			rest = append(rest, words[0])
			n = 1
		case n == 0:
			h, found, n = headerOf(words[0]), true, 1
		case words[0] == "-e" || strings.HasPrefix(words[0], "-e="):
			found = true
		}
		words = words[max(n, 1):]
	}
	return h, rest, found
}

// headerOf is the header of the script that a word means; nil when there is none to be had.
func headerOf(word string) *script.Header {
	file, found := scriptFile(word)
	if !found {
		file, found = inFolders(word)
	}
	if found {
		h, _ := headOf(file)
		return h
	}
	if name, err := findShipped(word); err == nil && name != "" {
		if src, err := readShipped(name); err == nil {
			return src.header
		}
		return nil
	}
	if dir, err := shelf.Dir(os.Getenv); err == nil {
		if e, err := shelf.Open(dir).Find(word); err == nil {
			h, _ := e.Header()
			return h
		}
	}
	return nil
}

// argument offers a script's flags, or values of the argument that the last word is for.
func (o *offers) argument(h *script.Header, before []string, last string) {
	if h == nil {
		o.files = someFiles
		return
	}
	flag, _, joined := strings.Cut(last, "=")
	if a := argNamed(h, flag); joined && a != nil {
		o.typed(a.Type)
		for i := range o.words {
			o.words[i].word = flag + "=" + o.words[i].word
		}
		return
	}
	if n := len(before); n > 0 {
		if a := argNamed(h, before[n-1]); a != nil && a.Type.Name != "boolean" {
			o.typed(a.Type)
			return
		}
	}
	if beginsFlag(last) {
		for _, a := range h.Args {
			o.add(a.Flag(), a.Doc)
			if a.Type.Name == "boolean" && a.Default == "true" {
				o.add("--no-"+a.Flag()[2:], a.Doc)
			}
		}
		o.add("--help", "explain the script")
		return
	}
	if a := nextArgument(h, before); a != nil {
		o.typed(a.Type)
	}
}

// argNamed is the argument of a flag; nil when there is none.
func argNamed(h *script.Header, flag string) *script.Arg {
	for i := range h.Args {
		if h.Args[i].Flag() == flag {
			return &h.Args[i]
		}
	}
	return nil
}

// nextArgument is the argument that a word without a flag would fill now; nil when all are.
func nextArgument(h *script.Header, before []string) *script.Arg {
	set, placed := map[string]bool{}, 0
	for i := 0; i < len(before); i++ {
		flag, _, joined := strings.Cut(before[i], "=")
		a := argNamed(h, flag)
		switch {
		case a == nil && isFlag(before[i]):
		case a == nil:
			placed++
		default:
			set[a.Name] = true
			if !joined && a.Type.Name != "boolean" {
				i++
			}
		}
	}
	for i := range h.Args {
		a := &h.Args[i]
		if set[a.Name] || a.Type.Name == "boolean" {
			continue
		}
		if placed == 0 {
			return a
		}
		placed--
	}
	return nil
}

// typed offers what a value of a type may be.
func (o *offers) typed(t script.Type) {
	if t.Of != nil {
		o.typed(*t.Of)
		return
	}
	switch t.Name {
	case "boolean":
		o.add("true", "")
		o.add("false", "")
	case "file":
		o.files = someFiles
	case "one of":
		for _, c := range t.Choices {
			o.add(c, "")
		}
	}
}

// recipeWords are the words for a recipe: its name without a folder, or with it where two have the same.
func recipeWords(all []recipe) []offer {
	times := map[string]int{}
	for _, r := range all {
		times[path.Base(r.name)]++
	}
	var words []offer
	for _, r := range all {
		name := path.Base(r.name)
		if times[name] > 1 {
			name = r.name
		}
		words = append(words, offer{name, r.title()})
	}
	slices.SortStableFunc(words, func(a, b offer) int { return strings.Compare(a.word, b.word) })
	return slices.CompactFunc(words, func(a, b offer) bool { return a.word == b.word })
}
