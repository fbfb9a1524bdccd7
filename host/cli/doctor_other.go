//go:build !linux

package cli

import (
	"errors"
	"runtime"
)

// systemExaminations say what only Linux has.
func systemExaminations() []examination {
	no := func() (string, error) { return "", errors.New("not supported on " + runtime.GOOS) }
	return []examination{
		{"raw frames", "sniff, send and answer whole frames", no, ""},
		{"--netns NAME", "run in a namespace that ip netns made", no, ""},
		{"--isolate", "a hard limit of memory", no, ""},
	}
}
