package docgen

import (
	"strings"

	"moonwire/host/docgen/page"
)

// A Book is the whole reference.
type Book struct {
	Library  *Library
	Commands []*page.Page // commands/NAME
	Topics   []*page.Page // topics/NAME
	Scripts  []Script     // FOLDER/NAME
	Labs     *page.Page   // labs, a heading for each
}

const title = "moonwire reference"

var about = page.Words("Commands, scripts and modules, made from what the program itself says: the same text as `moonwire help` and `moonwire doc` print.")

// Markdown is the reference as files by name, README.md among them.
func (b *Book) Markdown() map[string]string { return page.Markdown(title, about, b.groups()) }

// HTML is the reference as one document that needs nothing else.
func (b *Book) HTML() string { return page.HTML(title, about, b.groups()) }

func (b *Book) groups() []page.Group {
	tutorial, recipes := b.scripts("tutorial/"), b.scripts("recipes/")
	return []page.Group{
		{Title: "Commands", Pages: b.Commands},
		{Title: "Topics", Pages: b.Topics},
		{Title: "Tutorial", About: page.Words("Experiments in reading order. scripts/tutorial/README.md teaches them."), Pages: tutorial},
		{Title: "Recipes", About: page.Words("Scripts to use and to change: moonwire run NAME."), Pages: recipes},
		{Title: "Labs", About: page.Words("Networks to run scripts in: moonwire run --lab NAME."), Pages: []*page.Page{b.Labs}},
		{Title: "Modules", About: page.Words("What require finds. Misuse raises at the caller's line. What the world refuses is nil, message, kind. Only functions " +
			"that block let other tasks run; they raise when their task is cancelled."), Pages: b.Library.Pages()},
	}
}

// scripts are the pages of one folder's.
func (b *Book) scripts(folder string) []*page.Page {
	var pages []*page.Page
	for _, s := range b.Scripts {
		if strings.HasPrefix(s.Name, folder) {
			pages = append(pages, scriptPage(s, b.link))
		}
	}
	return pages
}

// link makes a link of a reference as headers have it: "tutorial/10_ping", "moonwire doc snmp.diagnose", "RFC 826 section 3".
func (b *Book) link(reference string) page.Text {
	if name, ok := strings.CutPrefix(reference, "moonwire doc "); ok {
		if to := b.Library.Place(name); to != "" {
			return page.Link(reference, to)
		}
	}
	if name, ok := strings.CutPrefix(reference, "moonwire help "); ok {
		for _, p := range append(append([]*page.Page{}, b.Commands...), b.Topics...) {
			if p.Title == name {
				return page.Link(reference, p.Name)
			}
		}
	}
	for _, s := range b.Scripts {
		if s.Name == reference {
			return page.Link(reference, s.Name)
		}
	}
	return references(reference)
}
