package main

import (
	"fmt"
	"strconv"
	"strings"
)

// A telling is one chapter in one language, while it is made.
type telling struct {
	*chapter
	words    *words
	title    string
	learn    string // what one learns
	prose    []string
	stage    *stage
	code     *cut
	output   *cut
	pictures map[string]string // made on the way, by file name
	begun    bool              // the command has been shown
}

// parse reads a text: lines "title:" and "learn:", then prose.
func (t *telling) parse(text string) error {
	head, body, _ := strings.Cut(text, "\n\n")
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "title":
			t.title = value
		case "learn":
			t.learn = value
		default:
			return fmt.Errorf("%s: a text begins with title: and learn:, got %q", t.name, line)
		}
	}
	t.prose = strings.Split(strings.TrimSpace(body), "\n")
	return nil
}

// tell puts in what the prose asks for.
func (t *telling) tell() (string, error) {
	r, err := t.stage.run(t.chapter, t.source, nil)
	if err != nil {
		return "", err
	}
	t.code, t.output = newCut("code", t.chapter.code()), newCut("output", r.out)
	var b strings.Builder
	for _, line := range t.prose {
		if ask, ok := asked(line); ok {
			if line, err = t.serve(ask); err != nil {
				return "", fmt.Errorf("%s: %s: %w", t.name, ask, err)
			}
		}
		b.WriteString(line + "\n")
	}
	for _, c := range []*cut{t.code, t.output} {
		if err := c.done(); err != nil {
			return "", fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return b.String(), nil
}

// asked is what a line of prose asks for.
func asked(line string) (string, bool) {
	ask, ok := strings.CutPrefix(line, "<!-- ")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(ask, " -->")
}

func (t *telling) serve(ask string) (string, error) {
	verb, rest, _ := strings.Cut(ask, " ")
	rest, until := cutWord(rest, "until")
	rest, from := cutWord(rest, "from")
	switch verb {
	case "code":
		piece, err := t.code.next(until)
		return fence("lua", piece), err
	case "output":
		piece, err := t.output.next(until)
		return fence("text", t.command()+piece), err
	case "measured":
		piece, err := between(t.header.Shows, from, until)
		return fence("text", piece), err
	case "run":
		return t.again(t.source, rest, from, until)
	case "change":
		return t.change(rest, from, until)
	case "lab":
		return t.lab(rest)
	case "ladder":
		return t.ladder(rest)
	}
	return "", fmt.Errorf("unknown word %q", verb)
}

// cutWord parts "… word TEXT".
func cutWord(text, word string) (before, after string) {
	before, after, _ = strings.Cut(" "+text, " "+word+" ")
	return strings.TrimSpace(before), after
}

func fence(language, text string) string { return "```" + language + "\n" + text + "\n```" }

// command is the line that calls the script, above the first piece of its output.
func (t *telling) command() string {
	if t.begun {
		return ""
	}
	t.begun = true
	return t.called("")
}

func (t *telling) called(args string) string {
	return strings.TrimRight("$ moonwire run "+strings.Join(simulated, " ")+" "+t.name+" "+args, " ") + "\n"
}

// again runs the script with other arguments.
func (t *telling) again(source, args, from, until string) (string, error) {
	r, err := t.stage.run(t.chapter, source, strings.Fields(args))
	if err != nil {
		return "", err
	}
	piece, err := between(r.shown(), from, until)
	if source != t.source && args == "" {
		return fence("text", piece), err
	}
	return fence("text", t.called(args)+piece), err
}

// change runs a changed script.
func (t *telling) change(ask, from, until string) (string, error) {
	ask, args := cutWord(ask, "run")
	old, new, ok := strings.Cut(ask, " => ")
	if !ok {
		return "", fmt.Errorf("OLD => NEW is missing")
	}
	source, diff, err := t.changed(old, new)
	if err != nil {
		return "", err
	}
	shown, err := t.again(source, args, from, until)
	return fence("diff", diff) + "\n\n" + shown, err
}

// lab is a picture of the lab that the header names.
func (t *telling) lab(alt string) (string, error) {
	name, _, _ := strings.Cut(t.header.Lab, " on ")
	drawn, err := t.stage.lab(name)
	return t.picture("lab_"+name, alt, drawn), err
}

// ladder is a picture of one of the ladders.
func (t *telling) ladder(ask string) (string, error) {
	number, alt, _ := strings.Cut(ask, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return "", err
	}
	drawn, err := t.stage.draw(t.chapter)
	if err != nil || n < 1 || n > len(drawn) {
		return "", fmt.Errorf("it draws %d ladders (%w)", len(drawn), err)
	}
	return t.picture(fmt.Sprintf("%s_%d", t.name, n), alt, drawn[n-1]), nil
}

func (t *telling) picture(name, alt, svg string) string {
	t.pictures["pictures/"+name+".svg"] = strings.TrimRight(svg, "\n") + "\n"
	return fmt.Sprintf("![%s](pictures/%s.svg)", alt, name)
}
