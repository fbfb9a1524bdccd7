package script

import (
	"fmt"
	"strings"
)

// Help is the page that --help prints. Command is how the script is called: "moonwire run tutorial/01_tcp_echo".
func (h *Header) Help(command string) string {
	var b strings.Builder
	if h.Title != "" {
		fmt.Fprintf(&b, "%s\n", h.Title)
	}
	if h.About != "" {
		fmt.Fprintf(&b, "%s\n", wrap(h.About, 80))
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "usage: %s\n", h.Usage(command))
	h.helpArgs(&b)
	h.helpFacts(&b)
	h.helpReturns(&b)
	if h.Shows != "" {
		fmt.Fprintf(&b, "\nshows%s:\n%s\n", h.showing(), indent(h.Shows))
	}
	return b.String()
}

// showing is what must be there for a script to show what its header says.
func (h *Header) showing() string {
	switch {
	case h.Tested:
		return ", in the network that its test makes"
	case len(h.With) > 0:
		return ", with " + strings.Join(h.With, " ")
	}
	return ""
}

// Usage is one line: flags first, then the words in their order.
func (h *Header) Usage(command string) string {
	words := []string{command}
	for _, a := range h.Args {
		word := strings.ToUpper(a.Name)
		if a.Type.Name == "boolean" {
			word = a.Flag()
		}
		if a.Optional {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func (h *Header) helpArgs(b *strings.Builder) {
	if len(h.Args) == 0 {
		return
	}
	width := 0
	for _, a := range h.Args {
		width = max(width, len(a.Flag()+" "+a.Type.Word()))
	}
	b.WriteString("\narguments, as flags or in this order:\n")
	for _, a := range h.Args {
		line := fmt.Sprintf("  %-*s  %s", width, a.Flag()+" "+a.Type.Word(), a.facts())
		fmt.Fprintln(b, strings.TrimRight(line, " "))
	}
}

// Word is the type as it stands behind a flag; a boolean's flag stands alone.
func (t Type) Word() string {
	switch t.Name {
	case "boolean":
		return ""
	case "one of":
		return strings.Join(t.Choices, "|")
	}
	return t.String()
}

// facts are an argument's doc and default.
func (a Arg) facts() string {
	switch {
	case a.Type.Name == "boolean" && a.Default == "" && a.Doc == "":
		return "(no)"
	case a.Default != "":
		return strings.TrimSpace(a.Doc + " (default " + a.Default + ")")
	case a.Optional:
		return a.Doc
	}
	return strings.TrimSpace(a.Doc + " (required)")
}

func (h *Header) helpFacts(b *strings.Builder) {
	h.helpNeeds(b)
	lab := h.Lab
	if h.Simulated {
		lab += simulated
	}
	facts := []struct{ name, value string }{
		{"lab", lab},
		{"see", strings.Join(h.See, "; ")},
		{"categories", strings.Join(h.Categories, ", ")},
		{"author", h.Author},
		{"version", h.Version},
	}
	between := "\n"
	for _, f := range facts {
		if f.value != "" {
			fmt.Fprintf(b, "%s%s: %s\n", between, f.name, f.value)
			between = ""
		}
	}
}

// helpNeeds tells what the script must be allowed.
func (h *Header) helpNeeds(b *strings.Builder) {
	if len(h.Needs) == 0 {
		return
	}
	width := 0
	for _, n := range h.Needs {
		width = max(width, len(n.String()))
	}
	b.WriteString("\nneeds, on a real network, to\n")
	for _, n := range h.Needs {
		fmt.Fprintf(b, "  %-*s  %s\n", width, n, n.Words())
	}
}

// helpReturns tells what --json and --csv write.
func (h *Header) helpReturns(b *strings.Builder) {
	if h.Returns.Type == "" {
		return
	}
	fmt.Fprintf(b, "\nreturns, for --json and --csv, a %s\n", strings.TrimSuffix(h.Returns.Type+": "+h.Returns.Doc, ": "))
	width := 0
	for _, f := range h.Returns.Fields {
		width = max(width, len(f.Name+" "+f.Type))
	}
	for _, f := range h.Returns.Fields {
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("  %-*s  %s", width, f.Name+" "+f.Type, f.Doc), " "))
	}
}

// wrap breaks a paragraph into lines of at most width letters.
func wrap(text string, width int) string {
	var b strings.Builder
	used := 0
	for _, w := range strings.Fields(text) {
		switch {
		case used == 0:
		case used+1+len(w) > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(w)
		used += len(w)
	}
	return b.String()
}

func indent(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "  " + l
		}
	}
	return strings.Join(lines, "\n")
}
