package host_test

import (
	"flag"
	"fmt"
	"go/parser"
	source "go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	apiFile   = "testdata/api.txt"
	changelog = "../CHANGELOG.md"
)

var updateAPI = flag.Bool("update-api", false, "write "+apiFile+" anew, under the version that follows")

// TestAPI holds the API for embedders to a list, so that no change of it is an accident: package host, what its doc calls
// stable, and all that these reach by their types. The list's version stands in the changelog, with what changed.
func TestAPI(t *testing.T) {
	t.Parallel()
	got := reached(t)
	version, want, _ := strings.Cut(read(t, apiFile), "\n")
	gone, new := apart(strings.Split(strings.TrimSpace(want), "\n"), got)
	if changed := len(gone)+len(new) > 0; changed && *updateAPI {
		version = following(t, version, len(gone) > 0)
		if err := os.WriteFile(apiFile, []byte(version+"\n"+strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if changed {
		t.Errorf("the API for embedders changes:\n%s%s\nif that is meant: go test ./host -run TestAPI -update-api, and tell of it in CHANGELOG.md",
			marked("- ", gone), marked("+ ", new))
	}
	if !strings.Contains(read(t, changelog), "\n### "+version+"\n") {
		t.Errorf("CHANGELOG.md has no section %q that tells what changed for embedders", "### "+version)
	}
}

// TestAPIIsSmall holds how much an embedder has to know.
func TestAPIIsSmall(t *testing.T) {
	t.Parallel()
	own := 0
	all := reached(t)
	for _, l := range all {
		if strings.HasPrefix(l, "host: ") {
			own++
		}
	}
	if own > 40 || len(all) > 480 {
		t.Errorf("package host has %d names, and %d with all that they reach: leave out what no embedder needs, or take it to host/internal", own, len(all))
	}
}

// apart are the lines that only want has, and those that only got has.
func apart(want, got []string) (gone, new []string) {
	gone = slices.DeleteFunc(slices.Clone(want), func(l string) bool { return slices.Contains(got, l) })
	new = slices.DeleteFunc(slices.Clone(got), func(l string) bool { return slices.Contains(want, l) })
	return gone, new
}

func marked(mark string, lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(mark + l + "\n")
	}
	return b.String()
}

// following is the version after one: the next whole number where something is gone, so that programs may break.
func following(t *testing.T, version string, breaks bool) string {
	t.Helper()
	var major, minor int
	if _, err := fmt.Sscanf(version, "API %d.%d", &major, &minor); err != nil {
		t.Fatalf("%s begins with %q: %v", apiFile, version, err)
	}
	if breaks {
		return fmt.Sprintf("API %d.0", major+1)
	}
	return fmt.Sprintf("API %d.%d", major, minor+1)
}

// promised is a link in package host's doc to a name of another package.
var promised = regexp.MustCompile(`\[\*?([a-z]+)\.([A-Z]\w*)\]`)

// promisedPackages are those of which package host's doc promises something.
var promisedPackages = []string{"decl", "network", "permit", "result", "vm"}

// reached lists what is stable: each name of package host, each that its doc links to, and, from type to type, those that
// they are made of.
func reached(t *testing.T) []string {
	t.Helper()
	x := &apiIndex{t: t, packages: map[string]map[string]*declared{}, lines: map[string]bool{}}
	for name := range x.load("moonwire/host") {
		x.visit(symbol{"moonwire/host", name})
	}
	doc, err := parser.ParseFile(source.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range promised.FindAllStringSubmatch(doc.Doc.Text(), -1) {
		if !slices.Contains(promisedPackages, link[1]) || !x.visit(symbol{"moonwire/host/" + link[1], link[2]}) {
			t.Errorf("package host's doc promises %s.%s, which isn't there", link[1], link[2])
		}
	}
	return slices.Sorted(maps.Keys(x.lines))
}
