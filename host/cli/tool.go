package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/licenses"
	"moonwire/host/pack"
	"moonwire/host/script"
	"moonwire/host/tool"
)

// notInTools are the host's flags that the user of a tool can't give: they would run other code or allow more than was
// built in.
func notInTools(f flag) bool {
	return f.name == "-I" || f.name == "--isolate" || f.name == "--restrict" || f.name == "--untrusted" || strings.HasPrefix(f.name, "--allow-")
}

// builtIn runs the recipe in this executable, if there is one.
func builtIn(words []string, s Streams) (code int, is bool) {
	payload, err := tool.Self()
	if payload == nil && err == nil {
		return 0, false
	}
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	if err == nil {
		err = runTool(payload, name, words, s)
	}
	var usage usageError
	var code_ exit
	switch {
	case err == nil:
		return exitDone, true
	case errors.As(err, &code_):
		return int(code_), true
	case errors.As(err, &usage):
		fmt.Fprintf(s.Err, "%s: %s (%s --help tells more)\n", name, usage.message, name)
		return exitUsage, true
	}
	fmt.Fprintf(s.Err, "%s: %s\n", name, err)
	return exitFailed, true
}

// runTool runs a tool's recipe with its own arguments, once every byte of it is checked.
func runTool(payload *tool.Payload, name string, words []string, s Streams) error {
	p, err := pack.ReadTool("its recipe", payload, payload.Size())
	if err != nil {
		return err
	}
	if err := p.Verify(); err != nil {
		return err
	}
	src := packedSource(p)
	src.trust, src.called = built, name
	c, err := toolCall(name, p.Manifest.Flags, words)
	if err != nil {
		return err
	}
	s, done, err := c.isolated(s)
	if done || err != nil {
		return err
	}
	if asked := aboutTool(c.args, &src, s.Out); asked {
		return nil
	}
	values, err := c.values(src)
	if errors.Is(err, script.ErrHelp) {
		fmt.Fprint(s.Out, src.header.Help(name))
		return nil
	}
	if err != nil {
		return usageError{err.Error()}
	}
	if src.granted, err = c.wanted(&src, values); err != nil {
		return err
	}
	return c.play(src, values, s)
}

// toolCall reads the flags that are built in and the words behind a tool's name.
func toolCall(name string, flags, words []string) (*call, error) {
	c := &call{words: words, tool: name}
	if _, rest, err := c.own().partKnown(flags); err != nil || len(rest) > 0 {
		return nil, errors.Join(err, fmt.Errorf("flags were built in that this moonwire doesn't know: %s", strings.Join(rest, " ")))
	}
	return c, c.readRest(words)
}

// aboutTool answers --version and --licenses, unless the recipe has arguments of those names.
func aboutTool(words []string, src *source, out io.Writer) bool {
	if len(words) != 1 || slices.ContainsFunc(src.header.Args, func(a script.Arg) bool { return "--"+a.Name == words[0] }) {
		return false
	}
	switch m := src.pack.Manifest; words[0] {
	case "--version":
		fmt.Fprintf(out, "%s %s, made with %s\n", m.Name, m.Version, versionLine())
	case "--licenses":
		fmt.Fprint(out, licenses.Notices)
	default:
		return false
	}
	return true
}
