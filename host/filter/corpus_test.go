package filter_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"moonwire/host/filter"
)

// corpus reads testdata/NAME.txt: expressions, a line each, in sections by link type.
func corpus(t testing.TB, name string) map[uint32][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := make(map[uint32][]string)
	var linkType uint32
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if _, err := fmt.Sscanf(line, "link %d\n", &linkType); err == nil && !strings.Contains(line, "[") {
			continue
		}
		if line != "" && !strings.HasPrefix(line, "#") {
			all[linkType] = append(all[linkType], line)
		}
	}
	return all
}

func compile(t testing.TB, linkType uint32, expression string) filter.Program {
	t.Helper()
	p, err := filter.Compile(expression, filter.Options{LinkType: linkType})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
