package docgen_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"moonwire/host/cli"
	"moonwire/host/docgen/page"
)

// TestHTML lets an XML parser read the reference as one page, and follows each of its links.
func TestHTML(t *testing.T) {
	name := filepath.Join(t.TempDir(), "reference.html")
	if code := cli.Main([]string{"doc", "--html", name}, cli.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	ids, links := map[string]bool{}, []string{}
	for _, e := range elements(t, without(without(text, "script"), "style")) {
		for _, a := range e.Attr {
			switch {
			case a.Name.Local == "src" || e.Name.Local == "link":
				t.Errorf("the page needs another file: %s", a.Value)
			case a.Name.Local == "id" && ids[a.Value]:
				t.Errorf("two places are called %s", a.Value)
			case a.Name.Local == "id":
				ids[a.Value] = true
			case a.Name.Local == "href":
				links = append(links, a.Value)
			}
		}
	}
	for _, l := range links {
		if id, inside := strings.CutPrefix(l, "#"); inside && !ids[id] {
			t.Errorf("no place %s", l)
		} else if !inside && !strings.HasPrefix(l, "https://www.rfc-editor.org/rfc/rfc") {
			t.Errorf("a link leads to %s", l)
		}
	}
	if len(ids) < 1000 || len(links) < 1000 {
		t.Errorf("only %d places and %d links", len(ids), len(links))
	}
}

// without leaves an element of HTML out, whose text is no XML.
func without(text, element string) string {
	before, rest, _ := strings.Cut(text, "<"+element+">")
	_, after, _ := strings.Cut(rest, "</"+element+">")
	return before + after
}

// elements are those of a document, which must be well-formed.
func elements(t *testing.T, text string) (all []xml.StartElement) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			all = append(all, e.Copy())
		}
	}
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	fenced  = regexp.MustCompile("(?ms)^```.*?^```$")
)

// TestLinks follows every link of the Markdown pages.
func TestLinks(t *testing.T) {
	pages := files(t, folder)
	slugs := map[string]bool{}
	for name, text := range pages {
		for _, h := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
			slug := name + "#" + page.Slug(strings.ReplaceAll(h[1], "&lt;", "<"))
			for n := 1; slugs[slug]; n++ { // as GitHub numbers them
				slug = fmt.Sprintf("%s#%s-%d", name, page.Slug(h[1]), n)
			}
			slugs[slug] = true
		}
	}
	for name, text := range pages {
		text = fenced.ReplaceAllString(text, "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			to, id, _ := strings.Cut(m[1], "#")
			if strings.HasPrefix(to, "https://") {
				continue
			}
			file := name
			if to != "" {
				file = path.Join(path.Dir(name), to)
			}
			if _, ok := pages[file]; !ok {
				t.Errorf("%s: no page %s", name, m[1])
			} else if id != "" && !slugs[file+"#"+id] {
				t.Errorf("%s: no heading %s", name, m[1])
			}
		}
	}
}
