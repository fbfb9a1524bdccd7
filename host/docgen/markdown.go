package docgen

import (
	"fmt"
	"strings"

	"moonwire/host/decl"
)

// Markdown is the reference: a page for each module, NAME.md, and README.md that lists them.
func (l *Library) Markdown() map[string]string {
	pages := map[string]string{"README.md": l.contents()}
	for _, m := range l.modules {
		w := &markdown{}
		w.module(m)
		pages[m.Name+".md"] = strings.TrimSpace(w.String()) + "\n"
	}
	return pages
}

const generated = "<!-- written by make generate; edit the records, not this page -->\n\n"

func (l *Library) contents() string {
	w := &markdown{}
	w.WriteString(generated)
	w.line("# Modules")
	w.line("")
	w.line("| module | is |")
	w.line("| --- | --- |")
	for _, m := range l.modules {
		w.line("| [%s](%s.md) | %s |", m.Name, m.Name, cell(firstSentence(m.Doc)))
	}
	w.line("")
	w.line("Misuse raises at the caller's line. What the world refuses is `nil, message, kind`. Only functions marked *blocks* let " +
		"other tasks run; they raise when their task is cancelled.")
	return w.String()
}

// A markdown page under construction.
type markdown struct{ strings.Builder }

func (w *markdown) line(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	w.WriteString(format + "\n")
}

// paragraph writes text and an empty line.
func (w *markdown) paragraph(text string) {
	if text != "" {
		w.line("%s", text)
		w.line("")
	}
}

// prose writes a comment's paragraphs; drawings keep their columns.
func (w *markdown) prose(text string) {
	for _, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if drawn(p) {
			w.fence("text", p)
		} else {
			w.paragraph(p)
		}
	}
}

func (w *markdown) fence(language, text string) {
	w.line("```%s", language)
	w.line("%s", strings.TrimSpace(text))
	w.line("```")
	w.line("")
}

func (w *markdown) module(m *decl.Module) {
	w.WriteString(generated)
	w.line("# %s", m.Name)
	w.line("")
	w.prose(m.Doc)
	w.fence("lua", requireLine(m))
	if m.Source != "" {
		w.paragraph("Source: " + m.Source + ".")
	}
	w.index(m)
	if m.Call != nil {
		w.function(m.Name, m.Call.Record())
	}
	for _, f := range m.Functions() {
		w.function(m.Name+"."+f.Record().Name, f.Record())
	}
	w.consts(m)
	for _, c := range m.Classes {
		w.class(c)
	}
}

// requireLine is how a script gets the module.
func requireLine(m *decl.Module) string {
	return fmt.Sprintf("local %s = require %q", lastPart(m.Name), m.Name)
}

func lastPart(name string) string { return name[strings.LastIndex(name, ".")+1:] }

// index lists a module's functions with their first sentences.
func (w *markdown) index(m *decl.Module) {
	if len(m.Functions()) == 0 {
		return
	}
	w.line("| function | does |")
	w.line("| --- | --- |")
	for _, f := range m.Functions() {
		r := f.Record()
		w.line("| [`%s`](#%s) | %s |", cell(short(m.Name+"."+r.Name, r)), anchor(m.Name+"."+r.Name), cell(firstSentence(r.Doc)))
	}
	w.line("")
}

// anchor is the fragment that a heading gets.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == ':' {
			return -1
		}
		return r
	}, strings.ToLower(heading))
}

func (w *markdown) class(c *decl.Class) {
	w.line("## class %s", c.Name)
	w.line("")
	w.prose(c.Doc)
	if len(c.Fields) > 0 {
		w.params("field", c.Fields)
	}
	for _, f := range c.Methods {
		w.function(c.Name+":"+f.Record().Name, f.Record())
	}
}

func (w *markdown) consts(m *decl.Module) {
	if len(m.Consts) == 0 {
		return
	}
	w.line("## Constants")
	w.line("")
	w.line("| name | value | is |")
	w.line("| --- | --- | --- |")
	for _, c := range m.Consts {
		w.line("| `%s.%s` | `%s` | %s |", m.Name, c.Name, cell(decl.Literal(c.Value)), cell(c.Doc))
	}
	w.line("")
}

func (w *markdown) function(name string, r *decl.Record) {
	w.line("## %s", name)
	w.line("")
	t := &page{}
	t.line("%s", Signature(name, r))
	t.tree(r)
	w.fence("text", t.String())
	w.prose(r.Doc)
	if len(r.Params) > 0 {
		w.params("parameter", r.Params)
	}
	if len(r.Options) > 0 {
		w.params("option", r.Options)
	}
	w.paragraph(blocking(r))
	if r.Example != "" {
		w.fence("lua", r.Example)
	}
	if r.Source != "" {
		w.paragraph("Source: " + r.Source + ".")
	}
}

// params is a table of parameters, options or fields.
func (w *markdown) params(what string, params []decl.Param) {
	w.line("| %s | type | default | is |", what)
	w.line("| --- | --- | --- | --- |")
	for _, p := range params {
		name := p.Name
		if p.Variadic {
			name = "..."
		}
		def := "required"
		switch {
		case what == "field":
			def = ""
		case p.Default != "":
			def = "`" + p.Default + "`"
		case p.Optional || p.Variadic:
			def = "none"
		}
		w.line("| `%s` | `%s` | %s | %s |", name, cell(typeOf(p)), cell(def), cell(p.Doc))
	}
	w.line("")
}

// cell makes text fit for a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
