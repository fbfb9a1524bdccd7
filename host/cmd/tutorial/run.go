package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"moonwire/host/cli"
)

// simulated are the flags with which a run is the same each time.
var simulated = []string{"--virtual-time", "--seed", "1"}

// A stage is where scripts run. Runs are remembered: each language shows them.
type stage struct{ seen map[string]result }

// inside calls f in an empty folder: scripts write files.
func inside(f func() error) error {
	home, err := os.Getwd()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "tutorial")
	if err != nil {
		return err
	}
	if err = os.Chdir(dir); err == nil {
		err = errors.Join(f(), os.Chdir(home))
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// A result is what a run wrote.
type result struct{ out, problems string }

// run runs a script of the tutorial, or a changed one, with the words that stand behind its name.
func (s *stage) run(c *chapter, source string, words []string) (result, error) {
	key := source + "\x00" + strings.Join(words, "\x00")
	if r, ok := s.seen[key]; ok {
		return r, nil
	}
	name := c.name
	if source != c.source {
		name += ".lua"
		if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
			return result{}, err
		}
		defer os.Remove(name)
	}
	var out, problems bytes.Buffer
	args := append(append([]string{"run"}, simulated...), name)
	code := cli.Main(append(args, words...), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &problems})
	if code != 0 && len(words) == 0 && source == c.source {
		return result{}, fmt.Errorf("%s ends with exit code %d:\n%s", c.name, code, problems.String())
	}
	r := result{out.String(), problems.String()}
	s.seen[key] = r
	return r, nil
}

// shown is what a terminal shows of a run, but for the line that says where it runs and the traceback.
func (r result) shown() string {
	text, _, _ := strings.Cut(r.problems, "stack traceback:\n")
	_, text, _ = strings.Cut(text, "\n")
	return r.out + text
}

// draw runs the script, and gives the ladders that it draws as pictures.
func (s *stage) draw(c *chapter) ([]string, error) {
	lines := strings.Split(c.source, "\n")
	lines[c.header.Lines] = drawToo // this line is empty
	r, err := s.run(c, strings.Join(lines, "\n"), nil)
	if err != nil {
		return nil, err
	}
	return pieces(r.problems), nil
}

// drawToo makes module ladder write every ladder as SVG to the standard error output, too.
const drawToo = `do local ladder = require "ladder" local draw = ladder.draw function ladder.draw(events, opts) ` +
	`local o = {} for name, value in pairs(opts or {}) do o[name] = value end o.format = "svg" ` +
	`io.stderr:write("\f", draw(events, o), "\f") return draw(events, opts) end end`

// lab draws a lab that comes with moonwire.
func (s *stage) lab(name string) (string, error) {
	var out, problems bytes.Buffer
	code := cli.Main([]string{"run", "-e", fmt.Sprintf(`print((assert(require "lab".open(%q)):svg()))`, name)},
		cli.Streams{In: strings.NewReader(""), Out: &out, Err: &problems})
	if code != 0 {
		return "", fmt.Errorf("lab %s: %s", name, problems.String())
	}
	return out.String(), nil
}

// pieces are the parts of text between form feeds.
func pieces(text string) []string {
	var list []string
	for i, p := range strings.Split(text, "\f") {
		if i%2 == 1 {
			list = append(list, p+"\n")
		}
	}
	return list
}
