package docgen

import (
	"regexp"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/docgen/page"
)

// Pages are those of the modules.
func (l *Library) Pages() []*page.Page {
	var pages []*page.Page
	for _, m := range l.modules {
		pages = append(pages, modulePage(m))
	}
	return pages
}

// Place is where a name's documentation stands in the reference, for links; "" when there is none.
func (l *Library) Place(name string) string {
	e, ok := l.entries[name]
	switch {
	case !ok:
		return ""
	case e.Record != nil:
		return e.Module.Name + "#" + e.Name
	case e.Class != nil:
		return e.Module.Name + "#class " + e.Class.Name
	}
	return e.Module.Name
}

func modulePage(m *decl.Module) *page.Page {
	w := &modules{&page.Page{Name: m.Name, Title: m.Name, About: firstSentence(m.Doc)}}
	w.Prose(m.Doc)
	w.Add(&page.Code{Language: "lua", Text: requireLine(m)})
	w.source(m.Source)
	w.index(m)
	if m.Call != nil {
		w.function(m.Name+"(...)", m.Name, m.Call.Record())
	}
	for _, f := range m.Functions() {
		r := f.Record()
		w.function(m.Name+"."+r.Name, m.Name+"."+r.Name, r)
	}
	w.consts(m)
	for _, c := range m.Classes {
		w.class(c)
	}
	return w.Page
}

// modules is the page of a module under construction.
type modules struct{ *page.Page }

// requireLine is how a script gets the module.
func requireLine(m *decl.Module) string {
	return "local " + lastPart(m.Name) + ` = require "` + m.Name + `"`
}

func lastPart(name string) string { return name[strings.LastIndex(name, ".")+1:] }

// index lists a module's functions with their first sentences.
func (w *modules) index(m *decl.Module) {
	t := &page.Table{Head: []string{"function", "does"}}
	for _, f := range m.Functions() {
		r := f.Record()
		name := m.Name + "." + r.Name
		call := page.Text{{Words: short(name, r), Code: true, To: "#" + name}}
		t.Rows = append(t.Rows, []page.Text{call, page.Words(firstSentence(r.Doc))})
	}
	if len(t.Rows) > 0 {
		w.Add(t)
	}
}

func (w *modules) class(c *decl.Class) {
	w.Add(&page.Heading{ID: "class " + c.Name, Title: "class " + c.Name, About: firstSentence(c.Doc)})
	w.Prose(c.Doc)
	w.params("field", c.Fields)
	for _, f := range c.Methods {
		r := f.Record()
		w.function(c.Name+":"+r.Name, c.Name+":"+r.Name, r)
	}
}

func (w *modules) consts(m *decl.Module) {
	if len(m.Consts) == 0 {
		return
	}
	w.Add(&page.Heading{ID: "Constants", Title: "Constants", About: "of " + m.Name})
	t := &page.Table{Head: []string{"name", "value", "is"}}
	for _, c := range m.Consts {
		t.Rows = append(t.Rows, []page.Text{page.Quoted(m.Name + "." + c.Name), page.Quoted(decl.Literal(c.Value)), page.Words(c.Doc)})
	}
	w.Add(t)
}

// function writes one function or method; title is its heading, called how one calls it.
func (w *modules) function(title, called string, r *decl.Record) {
	w.Add(&page.Heading{ID: title, Title: title, About: firstSentence(r.Doc)})
	t := &terminal{}
	t.line("%s", Signature(called, r))
	t.tree(r)
	w.Add(&page.Code{Language: "text", Text: t.String()})
	w.Prose(r.Doc)
	w.params("parameter", r.Params)
	w.params("option", r.Options)
	w.Add(page.Paragraph{Text: page.Words(blocking(r))})
	if r.Example != "" {
		w.Add(&page.Code{Language: "lua", Text: example(r)})
	}
	w.source(r.Source)
}

func (w *modules) source(text string) {
	if text != "" {
		w.Add(page.Paragraph{Text: append(page.Words("Source: "), references(text+".")...)})
	}
}

// params is a table of parameters, options or fields.
func (w *modules) params(what string, params []decl.Param) {
	t := &page.Table{Head: []string{what, "type", "default", "is"}}
	for _, p := range params {
		name := p.Name
		if p.Variadic {
			name = "..."
		}
		t.Rows = append(t.Rows, []page.Text{page.Quoted(name), page.Quoted(typeOf(p)), preset(what, p), page.Words(p.Doc)})
	}
	if len(t.Rows) > 0 {
		w.Add(t)
	}
}

// preset is what a parameter is when it is left out.
func preset(what string, p decl.Param) page.Text {
	switch {
	case what == "field":
		return nil
	case p.Default != "":
		return page.Quoted(p.Default)
	case p.Optional || p.Variadic:
		return page.Words("none")
	}
	return page.Words("required")
}

var standard = regexp.MustCompile(`RFC (\d+)`)

// references is a text in which each RFC is a link.
func references(text string) page.Text {
	var t page.Text
	for {
		m := standard.FindStringSubmatchIndex(text)
		if m == nil {
			return append(t, page.Words(text)...)
		}
		t = append(t, page.Words(text[:m[0]])...)
		t = append(t, page.Link(text[m[0]:m[1]], "https://www.rfc-editor.org/rfc/rfc"+text[m[2]:m[3]])...)
		text = text[m[1]:]
	}
}
