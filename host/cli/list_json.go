package cli

import (
	"bytes"
	"encoding/json"
	"io"

	"moonwire/host/script"
)

// listed is one script in the JSON list. Empty lists are there, so that readers need no special case.
type listed struct {
	Name       string        `json:"name"`
	Title      string        `json:"title"`
	About      string        `json:"about"`
	Args       []listedArg   `json:"args"`
	Needs      []string      `json:"needs"`
	Lab        string        `json:"lab"`
	Shows      string        `json:"shows"`
	Returns    listedReturns `json:"returns"`
	See        []string      `json:"see"`
	Categories []string      `json:"categories"`
	Author     string        `json:"author"`
	Version    string        `json:"version"`
	From       string        `json:"from"` // shipped, installed or folder
	Path       string        `json:"path"` // its file; empty for one in the binary
}

type listedArg struct {
	Name     string   `json:"name"`
	Flag     string   `json:"flag"`
	Type     string   `json:"type"`
	Choices  []string `json:"choices,omitempty"`
	Min      *float64 `json:"min,omitempty"`
	Max      *float64 `json:"max,omitempty"`
	Default  string   `json:"default"`
	Required bool     `json:"required"`
	Doc      string   `json:"doc"`
}

type listedReturns struct {
	Type   string        `json:"type"`
	Doc    string        `json:"doc"`
	Fields []listedField `json:"fields"`
}

type listedField struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Doc  string `json:"doc"`
}

// writeJSON writes a list with a line for each recipe.
func writeJSON(list []recipe, out io.Writer) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('[')
	for i, r := range list {
		if i > 0 {
			b.Truncate(b.Len() - 1)
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := e.Encode(r.listed()); err != nil {
			return err
		}
	}
	b.WriteString("]\n")
	_, err := out.Write(b.Bytes())
	return err
}

func (r recipe) listed() listed {
	h := r.header
	l := listed{Name: r.name, Title: h.Title, About: h.About, Args: []listedArg{}, Needs: []string{}, Lab: h.Lab,
		Shows: h.Shows, Returns: listedReturns{h.Returns.Type, h.Returns.Doc, []listedField{}},
		See: append([]string{}, h.See...), Categories: append([]string{}, h.Categories...),
		Author: h.Author, Version: h.Version, From: r.origin, Path: r.path}
	if r.version != "" {
		l.Version = r.version
	}
	for _, a := range h.Args {
		l.Args = append(l.Args, listArg(a))
	}
	for _, n := range h.Needs {
		l.Needs = append(l.Needs, n.String())
	}
	for _, f := range h.Returns.Fields {
		l.Returns.Fields = append(l.Returns.Fields, listedField(f))
	}
	return l
}

func listArg(a script.Arg) listedArg {
	l := listedArg{Name: a.Name, Flag: a.Flag(), Type: a.Type.String(), Choices: a.Type.Choices, Default: a.Default, Required: !a.Optional, Doc: a.Doc}
	l.Min, l.Max = a.Type.Range.Ends()
	return l
}
