package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"moonwire/host/script"
)

var listCommand = &Command{
	Usage: "list [EXPR] [--json]",
	Short: "list the scripts that come with moonwire",
	Long: `
EXPR chooses scripts by category, folder or name: safe, tutorial, "safe and not dhcp", "*echo or (link and safe)".
The exit code is 3 when nothing fits.`,
	Flags: new(listing).flags,
	Run: func(args []string, s Streams) error {
		l := &listing{}
		words, err := l.flags().parse(args)
		if err != nil {
			return err
		}
		return l.run(strings.Join(words, " "), s.Out)
	},
}

// A listing is one call of list.
type listing struct{ json bool }

func (l *listing) flags() flags {
	return flags{{name: "--json", doc: "everything that the headers say, as JSON", set: on(&l.json)}}
}

func (l *listing) run(expr string, out io.Writer) error {
	chosen, err := selectShipped(expr)
	if err != nil {
		return err
	}
	if l.json {
		err = writeJSON(chosen, out)
	} else {
		writeTitles(chosen, out)
	}
	if err == nil && len(chosen) == 0 {
		err = exit(exitNothing)
	}
	return err
}

// selectShipped reads the scripts that fit expr.
func selectShipped(expr string) ([]source, error) {
	selection, err := script.ParseSelection(expr)
	if err != nil {
		return nil, usageError{err.Error()}
	}
	var chosen []source
	for _, name := range shipped() {
		src, err := readShipped(name)
		if err != nil {
			return nil, err
		}
		if selection.Matches(name, src.header) {
			chosen = append(chosen, src)
		}
	}
	return chosen, nil
}

func writeTitles(list []source, out io.Writer) {
	width := 0
	for _, src := range list {
		width = max(width, len(src.called))
	}
	for _, src := range list {
		fmt.Fprintf(out, "%-*s  %s\n", width, src.called, src.title())
	}
}

// listed is one script in the JSON list. Empty lists are there, so that readers need no special case.
type listed struct {
	Name       string      `json:"name"`
	Title      string      `json:"title"`
	About      string      `json:"about"`
	Args       []listedArg `json:"args"`
	Needs      []string    `json:"needs"`
	Lab        string      `json:"lab"`
	Shows      string      `json:"shows"`
	See        []string    `json:"see"`
	Categories []string    `json:"categories"`
	Author     string      `json:"author"`
	Version    string      `json:"version"`
}

type listedArg struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Default  string `json:"default"`
	Required bool   `json:"required"`
	Doc      string `json:"doc"`
}

func writeJSON(list []source, out io.Writer) error {
	all := make([]listed, 0, len(list))
	for _, src := range list {
		all = append(all, src.listed())
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(all)
}

func (s source) listed() listed {
	h := s.header
	l := listed{Name: s.called, Title: h.Title, About: h.About, Args: []listedArg{}, Needs: []string{}, Lab: h.Lab,
		Shows: h.Shows, See: append([]string{}, h.See...), Categories: append([]string{}, h.Categories...),
		Author: h.Author, Version: h.Version}
	for _, a := range h.Args {
		l.Args = append(l.Args, listedArg{a.Name, a.Type.String(), a.Default, !a.Optional, a.Doc})
	}
	for _, n := range h.Needs {
		l.Needs = append(l.Needs, n.String())
	}
	return l
}
