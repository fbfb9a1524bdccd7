package docgen

import (
	"strings"

	"moonwire/host/docgen/page"
	"moonwire/host/script"
)

// A Script is one that comes with moonwire.
type Script struct {
	Name   string // tutorial/01_tcp_echo
	Header *script.Header
}

// scriptPage is made of a script's header; link finds what a reference leads to.
func scriptPage(s Script, link func(string) page.Text) *page.Page {
	h := s.Header
	p := &page.Page{Name: s.Name, Title: s.Name[strings.LastIndex(s.Name, "/")+1:], About: h.Title}
	p.Add(page.Paragraph{Text: page.Words(capital(h.Title))})
	p.Prose(capital(h.About))
	p.Add(&page.Code{Language: "console", Text: "$ " + h.Usage("moonwire run "+p.Title)})
	arguments(p, h)
	needs(p, h)
	returns(p, h.Returns)
	facts(p, h, link)
	if h.Shows != "" {
		p.Add(page.Paragraph{Text: page.Words("It prints:")}, &page.Code{Language: "text", Text: h.Shows})
	}
	return p
}

// capital begins a sentence, and ends it.
func capital(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}

func arguments(p *page.Page, h *script.Header) {
	t := &page.Table{Head: []string{"argument", "type", "default", "is"}}
	for _, a := range h.Args {
		preset := page.Words("required")
		switch {
		case a.Default != "":
			preset = page.Quoted(a.Default)
		case a.Type.Name == "boolean":
			preset = page.Words("no")
		case a.Optional:
			preset = page.Words("none")
		}
		t.Rows = append(t.Rows, []page.Text{page.Quoted(a.Flag()), page.Quoted(a.Type.String()), preset, page.Words(a.Doc)})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// needs says what the script must be allowed.
func needs(p *page.Page, h *script.Header) {
	t := &page.Table{Head: []string{"needs", "to"}}
	for _, n := range h.Needs {
		t.Rows = append(t.Rows, []page.Text{page.Quoted(n.String()), page.Words(n.Words())})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// returns says what the result is as data.
func returns(p *page.Page, r script.Returns) {
	if r.Type == "" {
		return
	}
	text := append(page.Words("It returns: "), page.Quoted(r.Type)...)
	if r.Doc != "" {
		text = append(text, page.Words(", "+r.Doc)...)
	}
	p.Add(page.Paragraph{Text: text})
	t := &page.Table{Head: []string{"field", "type", "is"}}
	for _, f := range r.Fields {
		t.Rows = append(t.Rows, []page.Text{page.Quoted(f.Name), page.Quoted(f.Type), page.Words(f.Doc)})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// facts are the short lines of a header.
func facts(p *page.Page, h *script.Header, link func(string) page.Text) {
	t := &page.Table{Head: []string{"", ""}}
	add := func(name string, text page.Text) {
		if len(text) > 0 {
			t.Rows = append(t.Rows, []page.Text{page.Words(name), text})
		}
	}
	if h.Lab != "" {
		lab := h.Lab
		if h.Simulated {
			lab += ", in simulated time"
		}
		name, _, _ := strings.Cut(h.Lab, " on ")
		add("lab", page.Text{{Words: lab, To: "labs#" + name}})
	}
	var see []page.Text
	for _, s := range h.See {
		see = append(see, link(s))
	}
	add("see", page.Join(see, "; "))
	add("categories", page.Words(strings.Join(h.Categories, ", ")))
	add("author", page.Words(h.Author))
	add("version", page.Words(h.Version))
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}
