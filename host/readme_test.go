package host_test

import (
	"os"
	"strings"
	"testing"

	"moonwire/host/script"
)

// TestReadme holds what the README quotes to what is compiled and run: the embedding example, and the tour with what it
// shows.
func TestReadme(t *testing.T) {
	readme := read(t, "../README.md")
	_, example, _ := strings.Cut(read(t, "example_test.go"), "func Example()")
	if !strings.Contains(readme, "```go\nfunc Example()"+example+"```") {
		t.Error("README.md shows another Example than host/example_test.go")
	}
	const name = "../scripts/recipes/tour.lua"
	source := read(t, name)
	header, err := script.Parse(name, source)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(readme, "run tour\n"+header.Shows+"\n```") {
		t.Errorf("README.md shows another output than %s", name)
	}
	_, lua, _ := strings.Cut(readme, "```lua\n")
	lua, _, _ = strings.Cut(lua, "```")
	if lua == "" || !strings.Contains(source, lua) {
		t.Errorf("README.md quotes other lines than those of %s", name)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
