package script

import (
	"fmt"
	"testing"
)

// TestLists reads the types that have parts or units.
func TestLists(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ kind, text, want string }{
		{"ports", "80", "[80]"},
		{"ports", "22, 80,8000-8002", "[22 80 8000 8001 8002]"},
		{"ports", "1-", "'1-' is not a list of ports (22,80,8000-8100)"},
		{"ports", "9-1", "'9-1' is not a list of ports (22,80,8000-8100)"},
		{"ports", "65536", "'65536' is not a list of ports (22,80,8000-8100)"},
		{"ports", "0-65535,0-65535", "'0-65535,0-65535' is not a list of ports (22,80,8000-8100)"},
		{"rate", "500pps", "500pps"},
		{"rate", "1.5mbit", "1.5mbit"},
		{"rate", "500", "'500' is not a rate (500pps, 20kpps, 10mbps)"},
		{"rate", "0pps", "'0pps' is not a rate (500pps, 20kpps, 10mbps)"},
		{"size", "1500", "1500"},
		{"size", "64k", "65536"},
		{"size 64..9000", "64k", "'64k' is not in 64..9000"},
		{"size", "-1", "'-1' is not a size in bytes (1500, 64k, 2M)"},
		{"list of address", "10.0.0.1, fd00::1", "[10.0.0.1 fd00::1]"},
		{"list of integer 1..9", "1,10", "'10' is not in 1..9"},
		{"list of one of a|b", "a,c", "'c' is not one of a|b"},
		{"list of string", "", "[]"},
	} {
		kind, err := parseType(tt.kind)
		if err != nil || kind.String() != tt.kind {
			t.Fatalf("%s: %v, %s", tt.kind, err, kind)
		}
		v, err := kind.Parse(tt.text)
		got := fmt.Sprint(v)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s %q: got %s, want %s", tt.kind, tt.text, got, tt.want)
		}
	}
	if _, err := parseType("list of list of string"); err == nil {
		t.Error("lists of lists are accepted")
	}
}
