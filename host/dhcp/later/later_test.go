package later

import (
	"testing"
	"time"
)

func TestOrder(t *testing.T) {
	var q Queue[string]
	start := time.Unix(1000, 0)
	for _, a := range []struct {
		after time.Duration
		what  string
	}{{3, "d"}, {1, "a"}, {2, "b"}, {2, "c"}} {
		q.Add(start.Add(a.after), a.what)
	}
	if _, ok := q.Due(start); ok || !q.Next().Equal(start.Add(1)) {
		t.Error("something is due already")
	}
	got := ""
	for {
		what, ok := q.Due(start.Add(2))
		if !ok {
			break
		}
		got += what
	}
	if got != "abc" || !q.Next().Equal(start.Add(3)) {
		t.Errorf("got %q", got)
	}
	for q.Add(start, "") {
	}
	if n := len(q.list); n != Most {
		t.Errorf("%d wait", n)
	}
}
