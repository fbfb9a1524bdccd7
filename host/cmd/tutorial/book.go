package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// words are what the generator says in a language.
type words struct {
	folder, file        string
	other, otherFile    string // the page in the other language
	colon, comma        string
	script, lab, read   string
	head                string // of the table of chapters
	contents, toContent string
	here                string // a script without a lab
}

var languages = []*words{
	{
		folder: "en", file: "README.md", other: "中文", otherFile: "README.zh.md", colon: ": ", comma: ", ",
		script: "Script", lab: "Lab", read: "To read", head: "| | experiment | what one learns | standards | command |",
		contents: "The experiments", toContent: "contents", here: "its own, made by the script",
	},
	{
		folder: "zh", file: "README.zh.md", other: "English", otherFile: "README.md", colon: "：", comma: "，",
		script: "脚本", lab: "实验网络", read: "参考", head: "| | 实验 | 学到什么 | 标准 | 命令 |",
		contents: "实验目录", toContent: "目录", here: "由脚本自己搭建",
	},
}

// generate makes all files, by name.
func generate(tree fs.FS) (map[string]string, error) {
	chapters, err := readChapters(tree)
	if err != nil {
		return nil, err
	}
	s := &stage{seen: map[string]result{}}
	files := map[string]string{}
	err = inside(func() error {
		for _, w := range languages {
			if err := w.page(tree, chapters, s, files); err != nil {
				return fmt.Errorf("%s: %w", w.folder, err)
			}
		}
		return nil
	})
	return files, err
}

// text is one file of prose.
func (w *words) text(tree fs.FS, name string) (string, error) {
	b, err := fs.ReadFile(tree, path.Join(folder, "text", w.folder, name+".md"))
	return string(b), err
}

// page makes the page of one language, and its pictures.
func (w *words) page(tree fs.FS, chapters []*chapter, s *stage, files map[string]string) error {
	begin, err := w.text(tree, "00_begin")
	if err != nil {
		return err
	}
	var table, body strings.Builder
	fmt.Fprintf(&table, "<a id=\"contents\"></a>\n\n## %s\n\n%s\n| --- | --- | --- | --- | --- |\n", w.contents, w.head)
	for _, c := range chapters {
		t := &telling{chapter: c, words: w, stage: s, pictures: map[string]string{}}
		text, err := w.text(tree, c.name)
		if err == nil {
			err = t.parse(text)
		}
		if err != nil {
			return err
		}
		told, err := t.tell()
		if err != nil {
			return err
		}
		for name, svg := range t.pictures {
			files[path.Join(folder, name)] = svg
		}
		table.WriteString(t.row())
		body.WriteString(t.head() + told + fmt.Sprintf("\n[%s](#contents)\n\n", w.toContent))
	}
	files[path.Join(folder, w.file)] = "<!-- written by make generate; edit " + path.Join("text", w.folder) + ", not this page -->\n\n" +
		strings.Replace(begin, "<!-- contents -->", strings.TrimSpace(table.String()), 1) + "\n" + strings.TrimSpace(body.String()) + "\n"
	return nil
}

// row is the chapter's in the table of all.
func (t *telling) row() string {
	return fmt.Sprintf("| %s | [%s](#%s) | %s | %s | `moonwire run %s` |\n", t.number(), t.title, t.name, t.learn, linked(t.standards(), t.words.comma), t.name)
}

// head is the chapter's title, with what one needs to know to run it.
func (t *telling) head() string {
	w, where := t.words, t.words.here
	if t.header.Lab != "" {
		where = "`" + t.header.Lab + "`"
	}
	facts := []string{w.script + w.colon + fmt.Sprintf("[%s.lua](%s.lua)", t.name, t.name), w.lab + w.colon + where}
	if list := t.standards(); len(list) > 0 {
		facts = append(facts, w.read+w.colon+linked(list, w.comma))
	}
	return fmt.Sprintf("<a id=\"%s\"></a>\n\n## %s. %s\n\n%s\n\n", t.name, t.number(), t.title, strings.Join(facts, " · "))
}

// linked are references to RFCs, each with a link.
func linked(standards []string, between string) string {
	list := make([]string, len(standards))
	for i, s := range standards {
		number := strings.Fields(s)[1]
		list[i] = fmt.Sprintf("[%s](https://www.rfc-editor.org/rfc/rfc%s)", s, number)
	}
	return strings.Join(list, between)
}
