package profile

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// shownLines and shownTasks are how many of the most expensive a report lists.
const (
	shownLines = 20
	shownTasks = 10
)

// Report writes what was measured: totals, tasks, the most expensive lines, and the sources with what each line spent
// beside it. source gives a file's text, "" when it isn't known.
func (p *Profile) Report(w io.Writer, source func(file string) string) error {
	r := &report{source: map[string][]string{}, lines: p.Lines()}
	for _, l := range r.lines {
		r.total.add(l.Cost)
		if _, ok := r.source[l.File]; !ok {
			r.source[l.File] = strings.Split(source(l.File), "\n")
		}
	}
	kind := ""
	if p.clock.Virtual() {
		kind = ", waits in simulated time"
	}
	r.printf("profile: %s passed; ran %s, waited %s%s\n", short(time.Since(p.began)), short(r.total.Ran), short(r.total.Waited), kind)
	r.tasks(p.Tasks())
	r.printf("\n%s  most expensive lines\n", heading)
	for _, l := range r.lines[:min(shownLines, len(r.lines))] {
		r.printf("%s  %s:%d  %s\n", r.cost(l.Cost), l.File, l.Number, strings.TrimSpace(r.text(l.File, l.Number)))
	}
	r.listings()
	_, err := io.WriteString(w, r.b.String())
	return err
}

type report struct {
	b      strings.Builder
	total  Cost
	lines  []Line
	source map[string][]string
}

const heading = "      ran            waited        times"

func (r *report) printf(format string, args ...any) { fmt.Fprintf(&r.b, format, args...) }

// cost is three columns: running and waiting with their shares, and how often.
func (r *report) cost(c Cost) string {
	return fmt.Sprintf("%9s %5s %9s %5s %8d", short(c.Ran), share(c.Ran, r.total.Ran), short(c.Waited), share(c.Waited, r.total.Waited), c.Times)
}

func (r *report) tasks(tasks []Task) {
	r.printf("\n%s  tasks\n", heading)
	for _, t := range tasks[:min(shownTasks, len(tasks))] {
		r.printf("%s  %s\n", r.cost(t.Cost), t.Name)
	}
	if more := len(tasks) - shownTasks; more > 0 {
		r.printf("%s  and %d more\n", strings.Repeat(" ", len(heading)), more)
	}
}

// text is a line of a file.
func (r *report) text(file string, line int) string {
	if lines := r.source[file]; line >= 1 && line <= len(lines) {
		return strings.TrimRight(lines[line-1], "\r")
	}
	return ""
}

// around is how many lines a listing shows before and after one that spent something.
const around = 2

// listings are the files that are known, with what each line spent beside it.
func (r *report) listings() {
	byFile := map[string][]Line{}
	var files []string
	for _, l := range r.lines {
		if len(byFile[l.File]) == 0 && len(r.source[l.File]) > 1 {
			files = append(files, l.File)
		}
		byFile[l.File] = append(byFile[l.File], l)
	}
	for _, file := range files {
		if !r.matters(byFile[file]) {
			continue
		}
		r.printf("\n%s  %s\n", heading, file)
		r.listing(file, byFile[file])
	}
}

// matters says whether lines took a hundredth of the time.
func (r *report) matters(lines []Line) bool {
	var c Cost
	for _, l := range lines {
		c.add(l.Cost)
	}
	return c.Ran*100 >= r.total.Ran || c.Waited > 0 && c.Waited*100 >= r.total.Waited
}

func (r *report) listing(file string, lines []Line) {
	slices.SortFunc(lines, func(a, b Line) int { return a.Number - b.Number })
	next := 1
	for i, l := range lines {
		if from := max(next, l.Number-around); from > next {
			r.printf("%s  %5s\n", strings.Repeat(" ", len(heading)), "...")
			next = from
		}
		for ; next < l.Number; next++ {
			r.printf("%s  %5d  %s\n", strings.Repeat(" ", len(heading)), next, r.text(file, next))
		}
		r.printf("%s  %5d  %s\n", r.cost(l.Cost), l.Number, r.text(file, l.Number))
		next = l.Number + 1
		last := l.Number + around
		if i+1 < len(lines) {
			last = min(last, lines[i+1].Number-1)
		}
		for ; next <= last && next <= len(r.source[file]); next++ {
			r.printf("%s  %5d  %s\n", strings.Repeat(" ", len(heading)), next, r.text(file, next))
		}
	}
}

// short is a duration with three digits.
func short(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d < time.Millisecond:
		return fmt.Sprintf("%.3g us", float64(d)/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.3f s", d.Seconds())
}

// share is a part in percent.
func share(part, whole time.Duration) string {
	if whole <= 0 || part <= 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(whole))
}
