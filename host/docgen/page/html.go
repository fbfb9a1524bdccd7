package page

import (
	_ "embed"
	"html"
	"strings"
)

// The page's looks and its search. Nothing else is needed to read it.
var (
	//go:embed page.css
	style string
	//go:embed page.js
	script string
)

// HTML is all pages as one document that stands for itself.
func HTML(title string, about Text, groups []Group) string {
	w := &document{}
	w.add(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>`, html.EscapeString(title), "</title>\n<style>\n", style, `</style>
</head>
<body>
<header>
<a class="name" href="#top">`, html.EscapeString(title), `</a>
<div class="search" role="search"><input id="search" type="search" placeholder="Search (press /)" aria-label="Search" autocomplete="off"/><ol id="found" hidden="hidden"></ol></div>
<button id="light" type="button" title="light or dark" aria-label="light or dark">◐</button>
</header>
<nav id="contents" aria-label="Contents">
`)
	for _, g := range groups {
		w.contents(g)
	}
	w.add("</nav>\n<main id=\"top\">\n<h1>", html.EscapeString(title), "</h1>\n<p>", w.text(about), "</p>\n")
	for _, g := range groups {
		w.group(g)
	}
	w.add("</main>\n<script>\n", script, "</script>\n</body>\n</html>\n")
	return w.String()
}

// document is the page under construction.
type document struct {
	strings.Builder
	page *Page
}

func (w *document) add(parts ...string) {
	for _, p := range parts {
		w.WriteString(p)
	}
}

// contents lists a group's pages.
func (w *document) contents(g Group) {
	w.add("<details><summary>", html.EscapeString(g.Title), "</summary>\n<ul>\n")
	for _, p := range g.Pages {
		w.add(`<li><a href="#`, id(p.Name, ""), `">`, html.EscapeString(p.Title), "</a></li>\n")
	}
	w.add("</ul>\n</details>\n")
}

func (w *document) group(g Group) {
	w.add(`<h2 class="group" id="`, id("", g.Title), `">`, html.EscapeString(g.Title), "</h2>\n")
	if len(g.About) > 0 {
		w.add("<p>", w.text(g.About), "</p>\n")
	}
	for _, p := range g.Pages {
		w.page = p
		w.add(`<section id="`, id(p.Name, ""), `" data-about="`, html.EscapeString(p.About), `">`, "\n<h2>", html.EscapeString(p.Title), w.here(id(p.Name, "")), "</h2>\n")
		for _, b := range p.Blocks {
			w.block(b)
		}
		w.add("</section>\n")
	}
	w.page = nil
}

// here is the link beside a heading that leads to it.
func (w *document) here(id string) string {
	return ` <a class="here" href="#` + id + `" aria-label="link to this">#</a>`
}

func (w *document) block(b Block) {
	switch b := b.(type) {
	case *Heading:
		at := id(w.page.Name, b.ID)
		w.add(`<h3 id="`, at, `" data-about="`, html.EscapeString(b.About), `">`, html.EscapeString(b.Title), w.here(at), "</h3>\n")
	case Paragraph:
		w.add("<p>", w.text(b.Text), "</p>\n")
	case *Code:
		w.add(`<pre class="`, b.Language, `"><code>`, html.EscapeString(strings.Trim(b.Text, "\n")), "</code></pre>\n")
	case *Table:
		w.table(b)
	}
}

func (w *document) table(t *Table) {
	w.add("<div class=\"wide\"><table>\n<thead><tr>")
	for _, h := range t.Head {
		w.add("<th>", html.EscapeString(h), "</th>")
	}
	w.add("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		w.add("<tr>")
		for _, c := range row {
			w.add("<td>", w.text(c), "</td>")
		}
		w.add("</tr>\n")
	}
	w.add("</tbody>\n</table></div>\n")
}

func (w *document) text(t Text) string {
	var b strings.Builder
	for _, s := range t {
		words := html.EscapeString(s.Words)
		if s.Code {
			words = "<code>" + strings.ReplaceAll(words, "|", "|<wbr/>") + "</code>"
		}
		if s.To != "" {
			words = `<a href="` + w.target(s.To) + `">` + words + "</a>"
		}
		b.WriteString(words)
	}
	return b.String()
}

// target is a link inside of the document, or to elsewhere.
func (w *document) target(to string) string {
	if strings.Contains(to, "://") {
		return html.EscapeString(to)
	}
	name, at, _ := strings.Cut(to, "#")
	if name == "" && w.page != nil {
		name = w.page.Name
	}
	return "#" + id(name, at)
}

// id is the name of a place: a page's, or one's of its headings. Names of functions stand for themselves, whatever their page.
func id(page, heading string) string {
	text := heading
	switch {
	case heading == "":
		text = page
	case page != "" && !strings.ContainsAny(heading, ".:"):
		text = page + "/" + heading
	}
	return html.EscapeString(strings.ReplaceAll(text, " ", "-"))
}
