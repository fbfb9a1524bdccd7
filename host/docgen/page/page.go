// Package page is the form in which the reference is made: pages of headings, prose, code and tables, that Markdown and HTML are written
// from.
package page

import "strings"

// A Page is one page of the reference.
type Page struct {
	Name   string // its place: mac, commands/run, recipes/tour
	Title  string
	About  string // one line, for lists of pages
	Blocks []Block
}

// A Group is pages that belong together.
type Group struct {
	Title string
	About Text
	Pages []*Page
}

// A Block is a part of a page: *Heading, Paragraph, *Code or *Table.
type Block interface{ block() }

// A Heading begins a section.
type Heading struct {
	ID    string // its name in links, unique in its page: mac.bytes
	Title string
	About string // one line, for the search
}

// A Paragraph is prose.
type Paragraph struct{ Text Text }

// A Code is text in letters of one width.
type Code struct {
	Language string // lua, text, console
	Text     string
}

// A Table has a head and rows of as many cells.
type Table struct {
	Head []string
	Rows [][]Text
}

func (*Heading) block()  {}
func (Paragraph) block() {}
func (*Code) block()     {}
func (*Table) block()    {}

// A Text is a line of prose in parts.
type Text []Span

// A Span is words, code, or a link.
type Span struct {
	Words string
	Code  bool
	To    string // a page, "page#id", or an address with its scheme; "": no link
}

// Words are plain prose, in which `code` may stand.
func Words(text string) Text {
	var t Text
	for i, part := range strings.Split(text, "`") {
		if part != "" {
			t = append(t, Span{Words: part, Code: i%2 == 1})
		}
	}
	if strings.Count(text, "`")%2 == 1 { // no pair of marks: none
		return Text{{Words: text}}
	}
	return t
}

// Quoted is code in a line.
func Quoted(text string) Text { return Text{{Words: text, Code: true}} }

// Link is a link.
func Link(words, to string) Text { return Text{{Words: words, To: to}} }

// Join puts texts behind each other, with something between them.
func Join(texts []Text, between string) Text {
	var all Text
	for i, t := range texts {
		if i > 0 {
			all = append(all, Span{Words: between})
		}
		all = append(all, t...)
	}
	return all
}

// Add appends blocks.
func (p *Page) Add(blocks ...Block) { p.Blocks = append(p.Blocks, blocks...) }

// Prose appends a comment's paragraphs. Drawings, and paragraphs of indented lines, are code.
func (p *Page) Prose(text string) {
	for _, paragraph := range paragraphs(text) {
		switch {
		case strings.TrimSpace(paragraph) == "":
		case Drawn(paragraph) || indented(paragraph):
			p.Add(&Code{"text", outdent(paragraph)})
		default:
			p.Add(Paragraph{Words(strings.Join(strings.Fields(paragraph), " "))})
		}
	}
}

// paragraphs parts text at its empty lines; indented paragraphs in a row are one.
func paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(strings.Trim(text, "\n"), "\n\n") {
		if n := len(list); n > 0 && indented(p) && indented(list[n-1]) {
			list[n-1] += "\n\n" + p
		} else {
			list = append(list, p)
		}
	}
	return list
}

// Drawn says whether a paragraph is a drawing or a table, to be kept as it is.
func Drawn(paragraph string) bool { return strings.Contains(paragraph, "   ") }

// indented says whether all lines of a paragraph are.
func indented(paragraph string) bool {
	for line := range strings.Lines(paragraph) {
		if !strings.HasPrefix(line, "  ") && strings.TrimSpace(line) != "" {
			return false
		}
	}
	return strings.TrimSpace(paragraph) != ""
}

// outdent takes away the blanks that all lines begin with.
func outdent(text string) string {
	lines := strings.Split(text, "\n")
	least := len(text)
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			least = min(least, len(l)-len(strings.TrimLeft(l, " ")))
		}
	}
	for i, l := range lines {
		lines[i] = strings.TrimRight(l[min(least, len(l)):], " ")
	}
	return strings.Join(lines, "\n")
}
