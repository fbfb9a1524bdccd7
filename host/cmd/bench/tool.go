package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// toolStart compares the start of a built tool with that of the host that runs the same file.
func toolStart(moonwire string) ([]row, error) {
	dir, err := os.MkdirTemp("", "moonwire-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	script, tool := filepath.Join(dir, "hello.lua"), filepath.Join(dir, "hello")
	if err := os.WriteFile(script, []byte("-- title: Hello\nprint('hello')\n"), 0o666); err != nil {
		return nil, err
	}
	if out, err := exec.Command(moonwire, "build", script, "-o", tool).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("moonwire build: %w: %s", err, out)
	}
	ours, peer, err := pair([]string{tool}, []string{moonwire, "run", script})
	if err != nil {
		return nil, err
	}
	return []row{{"built tool / moonwire run of its script", ms(ours), ms(peer), float64(ours) / float64(peer), "about 1"}}, nil
}
