package test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host"
	"moonwire/host/script"
)

// tries is how often a script in real time may miss what its header shows: a busy machine is late.
const tries = 3

// shows runs a script as its header says, and compares what it prints with what that shows.
func (p *play) shows(ctx context.Context) Result {
	h := p.stage.Shows
	if why := p.unreachable(); why != "" {
		return Result{Skipped: why}
	}
	values, err := h.Read(h.With)
	if err != nil {
		return Result{Failure: &Failure{Message: `what "shows" says can't be checked: ` + err.Error() + ` (write "shows: with ARGS")`}}
	}
	temp, err := os.MkdirTemp("", "moonwire-test-")
	if err != nil {
		return Result{Failure: &Failure{Message: err.Error()}}
	}
	defer os.RemoveAll(temp)
	p.stage.Script.Args = values
	p.files(values, temp)
	for left := tries; ; left-- {
		r := p.compare(ctx)
		if r.Failure == nil || left == 1 || p.stage.Options.Hooks.Clock != nil {
			return r
		}
	}
}

// unreachable says why a script can't be run here; "" when it can.
func (p *play) unreachable() string {
	if p.stage.Options.Hooks.Clock != nil || p.stage.Options.Lab.Name != "" {
		return ""
	}
	for _, n := range p.stage.Shows.Needs {
		if n.What == "raw" || (n.What == "net" || n.What == "listen") && !strings.HasPrefix(n.Of, "127.") && !strings.HasPrefix(n.Of, "[::1]") {
			return "needs " + n.String() + ", and its header names no lab"
		}
	}
	return ""
}

// files finds the script's files: one that is there stands beside the script, one that is to be written goes to a folder
// that is removed.
func (p *play) files(values script.Values, temp string) {
	for _, a := range p.stage.Shows.Args {
		name, ok := values[a.Name].(string)
		if a.Type.Name != "file" || !ok || name == "" || name == "-" || filepath.IsAbs(name) {
			continue
		}
		file := filepath.Join(p.stage.Script.Dir, name)
		if _, err := os.Stat(file); err != nil {
			file = filepath.Join(temp, filepath.Base(name))
		}
		values[a.Name] = file
	}
}

// compare runs the script once.
func (p *play) compare(ctx context.Context) Result {
	o, r := p.stage.Options, run{play: p}
	o.Stdin, o.Stdout, o.Stderr = strings.NewReader(""), &r.out, &r.err
	if p.job.Cover {
		p.lines = newLines()
		o.Hooks.OnLine = p.lines.count
	}
	o.Hooks.OnOpen = nil
	r.end(host.New(o).Run(ctx, p.stage.Script))
	result := Result{}
	if p.lines != nil {
		result.Lines = p.lines.files
	}
	printed, want := strings.TrimRight(r.out.String(), "\n"), p.stage.Shows.Shows
	switch {
	case script.Masked(printed) != script.Masked(want):
		result.Failure = &Failure{Message: "it prints something else than its header shows (- header, + printed):\n" + difference(want, printed)}
		result.Output = r.err.String()
	case r.code != 0:
		result.Failure = &Failure{Message: strings.TrimSpace(r.err.String())}
	}
	return result
}

// difference is two texts line by line: those that both have begin with a blank. Lines are compared as shows are.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	if got == "" {
		b = nil
	}
	mask := func(lines []string) []string {
		masked := make([]string, len(lines))
		for i, l := range lines {
			masked[i] = script.Masked(l)
		}
		return masked
	}
	return strings.Join(around(merge(a, b, mask(a), mask(b))), "\n")
}

// nearby is how many equal lines are shown beside those that differ.
const nearby = 3

// around leaves out equal lines that are far from all others.
func around(lines []string) (near []string) {
	last := -1 // line shown
	for i, line := range lines {
		from, to := max(0, i-nearby), min(len(lines), i+nearby+1)
		if !slices.ContainsFunc(lines[from:to], func(l string) bool { return !strings.HasPrefix(l, "  ") }) {
			continue
		}
		if last < i-1 {
			near = append(near, "  ...")
		}
		near, last = append(near, line), i
	}
	if last < len(lines)-1 {
		near = append(near, "  ...")
	}
	return near
}

// merge marks the lines of a and b, of which x and y are compared, by their longest common subsequence.
func merge(a, b, x, y []string) (lines []string) {
	longest := make([][]int, len(x)+1) // of what follows from i and j on
	for i := range longest {
		longest[i] = make([]int, len(y)+1)
	}
	for i := range slices.Backward(x) {
		for j := range slices.Backward(y) {
			if x[i] == y[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && x[i] == y[j]:
			lines = append(lines, "  "+b[j])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && longest[i+1][j] >= longest[i][j+1]:
			lines = append(lines, "- "+a[i])
			i++
		default:
			lines = append(lines, "+ "+b[j])
			j++
		}
	}
	return lines
}
