package docgen

import (
	"fmt"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/docgen/page"
)

// Text is the terminal page of a name; "" gives the list of modules.
func (l *Library) Text(name string) (string, error) {
	if name == "" {
		return l.overview(), nil
	}
	e, err := l.Lookup(name)
	if err != nil {
		return "", err
	}
	w := &terminal{}
	switch {
	case e.Record != nil:
		w.function(e.Name, e.Record)
	case e.Param != nil:
		w.line("%s: %s", e.Name, e.Param.Type)
		w.prose(e.Param.Doc)
	case e.Const != nil:
		w.line("%s = %s", e.Name, decl.Literal(e.Const.Value))
		w.prose(e.Const.Doc)
	case e.Class != nil:
		w.class(e.Class)
	default:
		w.module(e.Module)
	}
	return w.String(), nil
}

// FunctionText is the terminal page of a function.
func FunctionText(name string, r *decl.Record) string {
	w := &terminal{}
	w.function(name, r)
	return w.String()
}

// ClassText is the terminal page of a class.
func ClassText(c *decl.Class) string {
	w := &terminal{}
	w.class(c)
	return w.String()
}

// overview lists the modules with their first sentences.
func (l *Library) overview() string {
	w := &terminal{}
	var rows [][2]string
	for _, m := range l.modules {
		rows = append(rows, [2]string{m.Name, firstSentence(m.Doc)})
	}
	w.rows("", rows)
	return w.String()
}

// terminal is a page of the terminal under construction.
type terminal struct{ strings.Builder }

func (w *terminal) line(format string, args ...any) {
	w.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

const wide = 96 // columns of prose

// prose writes text wrapped and indented, after an empty line.
func (w *terminal) prose(text string) {
	if text == "" {
		return
	}
	w.line("")
	for _, l := range wrap(text, wide-2) {
		w.line("  %s", l)
	}
}

// rows writes two columns.
func (w *terminal) rows(indent string, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r[0]))
	}
	for _, r := range rows {
		lines := wrap(r[1], wide-width-len(indent)-2)
		if len(lines) == 0 {
			lines = []string{""}
		}
		w.line("%s%-*s  %s", indent, width, r[0], lines[0])
		for _, l := range lines[1:] {
			w.line("%s%-*s  %s", indent, width, "", l)
		}
	}
}

func (w *terminal) module(m *decl.Module) {
	w.line("require %q", m.Name)
	w.prose(m.Doc)
	var rows [][2]string
	if m.Call != nil {
		r := m.Call.Record()
		rows = append(rows, [2]string{Signature(m.Name, r), firstSentence(r.Doc)})
	}
	for _, f := range m.Functions() {
		r := f.Record()
		rows = append(rows, [2]string{short(m.Name+"."+r.Name, r), firstSentence(r.Doc)})
	}
	for _, c := range m.Consts {
		rows = append(rows, [2]string{m.Name + "." + c.Name, firstSentence(c.Doc)})
	}
	w.section(rows)
	for _, c := range m.Classes {
		w.line("")
		w.line("class %s: %s", c.Name, firstSentence(c.Doc))
		w.section(classRows(c))
	}
	w.source(m.Source)
}

func (w *terminal) class(c *decl.Class) {
	w.line("class %s", c.Name)
	w.prose(c.Doc)
	w.section(classRows(c))
}

func classRows(c *decl.Class) [][2]string {
	var rows [][2]string
	for _, f := range c.Methods {
		r := f.Record()
		rows = append(rows, [2]string{short(c.Name+":"+r.Name, r), firstSentence(r.Doc)})
	}
	for _, f := range c.Fields {
		rows = append(rows, [2]string{c.Name + "." + f.Name, f.Doc})
	}
	return rows
}

func (w *terminal) section(rows [][2]string) {
	if len(rows) > 0 {
		w.line("")
		w.rows("  ", rows)
	}
}

func (w *terminal) source(s string) {
	if s != "" {
		w.line("")
		w.line("  Source: %s", s)
	}
}

// short is a call without types.
func short(name string, r *decl.Record) string {
	var args []string
	for _, p := range r.Params {
		if p.Variadic {
			args = append(args, "...")
		} else {
			args = append(args, p.Name)
		}
	}
	if len(r.Options) > 0 {
		args = append(args, "{...}")
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// function writes a function's page: the signature, the tree of results, then prose.
func (w *terminal) function(name string, r *decl.Record) {
	w.line("%s", Signature(name, r))
	w.tree(r)
	w.prose(r.Doc)
	var rows [][2]string
	for _, p := range r.Params {
		rows = append(rows, [2]string{p.Name, p.Doc})
	}
	for _, p := range r.Options {
		rows = append(rows, [2]string{"{" + p.Name + "}", p.Doc})
	}
	w.section(rows)
	w.line("")
	w.line("  %s", blocking(r))
	w.example(r)
	w.source(r.Source)
}

// blocking says what a call does to its task.
func blocking(r *decl.Record) string {
	if r.Blocks {
		return "Blocks: only the calling task waits; raises when that task is cancelled."
	}
	return "Returns at once: no other task runs meanwhile; never raises for a cancelled task."
}

// tree draws how the call can end.
func (w *terminal) tree(r *decl.Record) {
	lines := resultLines(r)
	for i, l := range lines {
		branch, stem := "├─→", "│"
		if i == len(lines)-1 {
			branch, stem = "└─→", " "
		}
		w.line("%s %s", branch, l)
		if i == 0 {
			w.leaves(stem, r.Results)
		}
	}
}

// leaves lists what is known of the results.
func (w *terminal) leaves(stem string, results []decl.Param) {
	var rows [][2]string
	for _, p := range results {
		if p.Doc != "" && p.Name != "" {
			rows = append(rows, [2]string{p.Name, p.Doc})
		}
		for _, f := range p.Fields {
			rows = append(rows, [2]string{"." + typed(f), f.Doc})
		}
	}
	w.rows(stem+"     ", rows)
}

func (w *terminal) example(r *decl.Record) {
	if r.Example == "" {
		return
	}
	w.line("")
	for _, l := range strings.Split(example(r), "\n") {
		w.line("    %s", l)
	}
}

// firstSentence is text up to its first full stop.
func firstSentence(text string) string {
	text, _, _ = strings.Cut(text, "\n\n")
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i+1]
	}
	return strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
}

// wrap breaks text into lines; empty lines part paragraphs.
func wrap(text string, width int) []string {
	var lines []string
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			lines = append(lines, "")
		}
		if page.Drawn(paragraph) {
			lines = append(lines, strings.Split(paragraph, "\n")...)
			continue
		}
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && len(line)+1+len(word) > max(width, 30) {
				lines = append(lines, line)
				line = ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
