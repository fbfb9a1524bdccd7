package test

import (
	"fmt"
	"strings"
)

// story tells in lines why a test failed: the error, the line of source, how it came there, what the test left open, what
// scripts said that it ran and that failed, and what it printed.
func (t *Test) story() (lines []string) {
	if f := t.Failure; f != nil {
		lines = append(lines, strings.Split(f.Message, "\n")...)
		if f.Source != "" {
			lines = append(lines, fmt.Sprintf("%6d | %s", f.Line, f.Source))
		}
		lines = append(lines, f.path()...)
	}
	for _, l := range t.Leaks {
		lines = append(lines, "left open: "+l)
	}
	for _, e := range t.Runs {
		lines = append(lines, e.story()...)
	}
	if text := strings.TrimRight(t.Output, "\n"); text != "" {
		lines = append(append(lines, "printed:"), indented(text)...)
	}
	return lines
}

// path is the traceback, without what is no news: the place that the message names, and what is not Lua.
func (f *Failure) path() (lines []string) {
	here := fmt.Sprintf(":%d:", f.Line)
	for line := range strings.SplitSeq(f.Traceback, "\n") {
		at := strings.TrimSpace(line)
		if at == "" || at == "stack traceback:" || strings.HasPrefix(at, "[C]:") || strings.HasPrefix(at, "stdlib/expect") ||
			f.Line > 0 && strings.Contains(at, here) || strings.HasPrefix(at, "(tail call)") {
			continue
		}
		lines = append(lines, "  "+at)
	}
	if len(lines) == 1 && strings.HasSuffix(lines[0], "in main chunk") && f.Line > 0 {
		return nil
	}
	return lines
}
