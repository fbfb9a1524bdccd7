package page

import (
	"cmp"
	"fmt"
	"path"
	"strings"
	"unicode"
)

const generated = "<!-- written by make generate; edit what it is made of, not this page -->\n\n"

// Markdown is the pages as files, NAME.md, and README.md that lists them.
func Markdown(title string, about Text, groups []Group) map[string]string {
	files := map[string]string{}
	places := fragments(groups)
	contents := &Page{Name: "README", Title: title}
	contents.Add(Paragraph{about})
	for _, g := range groups {
		contents.Add(&Heading{ID: g.Title, Title: g.Title})
		if len(g.About) > 0 {
			contents.Add(Paragraph{g.About})
		}
		t := &Table{Head: []string{"page", "is"}}
		for _, p := range g.Pages {
			t.Rows = append(t.Rows, []Text{Link(p.Title, p.Name), Words(p.About)})
			files[p.Name+".md"] = p.markdown(places)
		}
		contents.Add(t)
	}
	files["README.md"] = contents.markdown(places)
	return files
}

// markdown is one page.
func (p *Page) markdown(places map[string]string) string {
	w := &markdown{name: p.Name, folder: path.Dir(p.Name), places: places}
	w.WriteString(generated + "# " + escaped(p.Title) + "\n\n")
	for _, b := range p.Blocks {
		w.block(b)
	}
	return strings.TrimSpace(w.String()) + "\n"
}

// markdown is a page under construction.
type markdown struct {
	strings.Builder
	name, folder string
	places       map[string]string // fragments by "page#id"
}

func (w *markdown) block(b Block) {
	switch b := b.(type) {
	case *Heading:
		w.WriteString("## " + escaped(b.Title) + "\n\n")
	case Paragraph:
		w.WriteString(w.text(b.Text) + "\n\n")
	case *Code:
		w.WriteString("```" + b.Language + "\n" + strings.Trim(b.Text, "\n") + "\n```\n\n")
	case *Table:
		w.table(b)
	}
}

func (w *markdown) table(t *Table) {
	w.WriteString("| " + strings.Join(t.Head, " | ") + " |\n|" + strings.Repeat(" --- |", len(t.Head)) + "\n")
	for _, row := range t.Rows {
		w.WriteString("|")
		for _, c := range row {
			w.WriteString(" " + strings.ReplaceAll(w.text(c), "|", `\|`) + " |")
		}
		w.WriteString("\n")
	}
	w.WriteString("\n")
}

func (w *markdown) text(t Text) string {
	var b strings.Builder
	for _, s := range t {
		words := escaped(s.Words)
		if s.Code {
			words = "`" + s.Words + "`"
		}
		if s.To != "" {
			words = "[" + words + "](" + w.target(s.To) + ")"
		}
		b.WriteString(words)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// target is a link from this page.
func (w *markdown) target(to string) string {
	if strings.Contains(to, "://") {
		return to
	}
	name, id, _ := strings.Cut(to, "#")
	if id != "" {
		id = "#" + w.places[cmp.Or(name, w.name)+"#"+id]
	}
	if name == "" {
		return id
	}
	up := ""
	if w.folder != "." {
		up = strings.Repeat("../", strings.Count(w.folder, "/")+1)
	}
	if folder := path.Dir(name); folder == w.folder && folder != "." {
		up, name = "", path.Base(name)
	}
	return up + name + ".md" + id
}

// fragments are those of all headings by "page#id". GitHub numbers headings that would have the same.
func fragments(groups []Group) map[string]string {
	places := map[string]string{}
	for _, g := range groups {
		for _, p := range g.Pages {
			used := map[string]int{Slug(p.Title): 1}
			for _, b := range p.Blocks {
				if h, ok := b.(*Heading); ok {
					slug := Slug(h.Title)
					places[p.Name+"#"+h.ID] = slug
					if n := used[slug]; n > 0 {
						places[p.Name+"#"+h.ID] = fmt.Sprintf("%s-%d", slug, n)
					}
					used[slug]++
				}
			}
		}
	}
	return places
}

// Slug is the fragment that GitHub gives to a heading.
func Slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// escaped keeps Markdown from seeing marks in prose.
func escaped(words string) string {
	return strings.NewReplacer("<", "&lt;", "*", `\*`, "__", `\_\_`).Replace(words)
}
