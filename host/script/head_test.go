package script

import (
	"strings"
	"testing"
	"testing/iotest"
)

// TestReadHead reads the top of files in pieces: what it reads has the same header as the whole.
func TestReadHead(t *testing.T) {
	t.Parallel()
	long := "#!/usr/bin/env moonwire\n-- title: Long\n-- about: " + strings.Repeat("word ", 3000) + "\n--   more\n-- lab: pair on h1\n"
	for _, src := range []string{"", "x", "-- title: One\nprint(1)\n", "-- title: No end", long, long + strings.Repeat("print(1)\n", 5000),
		"print(1)\n-- title: No header\n", "\n-- title: None\n", strings.Repeat("x", 3<<20)} {
		head, err := ReadHead(iotest.HalfReader(strings.NewReader(src)))
		if err != nil || !strings.HasPrefix(src, head) {
			t.Fatalf("%.40q: %v, %.40q", src, err, head)
		}
		whole, _ := Parse("x.lua", src)
		got, err := Parse("x.lua", head)
		if err != nil || got.Title != whole.Title || got.About != whole.About || got.Lab != whole.Lab {
			t.Errorf("%.40q: %v, %+v", src, err, got)
		}
	}
	if head, _ := ReadHead(strings.NewReader(long + strings.Repeat("print(1)\n", 5000))); len(head) > len(long)+headPiece {
		t.Errorf("%d bytes read of a header of %d", len(head), len(long))
	}
}
