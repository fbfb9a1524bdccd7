//go:build interop

package filter_test

import (
	"fmt"
	"testing"

	"moonwire/host/filter"
)

// TestRefusals wants both to refuse what is wrong.
func TestRefusals(t *testing.T) {
	for linkType, list := range corpus(t, "wrong") {
		file := capture(t, linkType, nil)
		for _, expression := range list {
			t.Run(fmt.Sprintf("%d/%s", linkType, expression), func(t *testing.T) {
				t.Parallel()
				_, reason, taken := tcpdumpProgram(t, file, expression)
				_, err := filter.Compile(expression, filter.Options{LinkType: linkType})
				if taken {
					t.Error("tcpdump takes it")
				}
				if err == nil {
					t.Errorf("moonwire takes it; tcpdump says %s", reason)
				}
			})
		}
	}
}
