package host_test

import (
	"os"
	"strings"
	"testing"
)

// TestReadme holds the README's Go code to the example that is compiled and run here.
func TestReadme(t *testing.T) {
	example, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(example), "func Example()")
	if !strings.Contains(string(readme), "```go\nfunc Example()"+code+"```") {
		t.Error("README.md shows another Example than host/example_test.go")
	}
}
