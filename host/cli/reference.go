package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/docgen"
	"moonwire/host/docgen/page"
	"moonwire/host/script"
	"moonwire/host/whole"
	"moonwire/scripts"
)

// reference is everything that help and doc know, as pages.
func reference() (*docgen.Book, error) {
	lib, err := library()
	if err != nil {
		return nil, err
	}
	b := &docgen.Book{Library: lib}
	for _, c := range commands() {
		b.Commands = append(b.Commands, c.page())
	}
	for _, t := range topics {
		p := &page.Page{Name: "topics/" + t.name, Title: t.name, About: t.short}
		p.Prose(t.text)
		b.Topics = append(b.Topics, p)
	}
	for _, name := range shipped() {
		src, err := readShipped(name)
		if err != nil {
			return nil, err
		}
		b.Scripts = append(b.Scripts, docgen.Script{Name: name, Header: src.header})
	}
	b.Labs, err = labsPage()
	return b, err
}

// page is what help prints, for the reference.
func (c *Command) page() *page.Page {
	p := &page.Page{Name: "commands/" + c.Name(), Title: c.Name(), About: c.Short}
	p.Add(&page.Code{Language: "console", Text: "$ moonwire " + c.Usage})
	p.Prose(c.Long)
	if c.Flags == nil {
		return p
	}
	t := &page.Table{Head: []string{"flag", "does"}}
	for _, f := range c.Flags() {
		t.Rows = append(t.Rows, []page.Text{page.Quoted(strings.TrimSpace(f.name + " " + f.value)), page.Words(f.doc)})
	}
	p.Add(t)
	return p
}

// labsPage lists the labs with their sources.
func labsPage() (*page.Page, error) {
	p := &page.Page{Name: "labs", Title: "labs", About: "networks in this process, by name"}
	for _, name := range scripts.Labs() {
		code, err := scripts.Lab(name)
		if err != nil {
			return nil, err
		}
		h, err := script.Parse(name, code)
		if err != nil {
			return nil, err
		}
		p.Add(&page.Heading{ID: name, Title: name, About: h.Title})
		p.Prose(h.Title + ". " + h.About + ".")
		p.Add(&page.Code{Language: "lua", Text: strings.Join(strings.Split(code, "\n")[h.Lines:], "\n")})
	}
	return p, nil
}

// writeHTML writes the reference as one file.
func writeHTML(name string) error {
	b, err := reference()
	if err != nil {
		return err
	}
	return whole.Write(name, []byte(b.HTML()))
}

// writeMarkdown writes the reference as files below a folder.
func writeMarkdown(folder string) (int, error) {
	b, err := reference()
	if err != nil {
		return 0, err
	}
	files := b.Markdown()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return 0, err
		}
		if err := whole.Write(file, []byte(files[name])); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
	}
	return len(files), nil
}
