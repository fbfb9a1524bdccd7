package cli

import (
	"errors"
	"fmt"
	"slices"

	"moonwire/host/script"
)

var runCommand = &Command{
	Usage: "run FILE|NAME|- [flags] [args]",
	Short: "run a script",
	Long: `
FILE is a script's file, NAME a script that comes with moonwire (moonwire list), - the standard input. -e CODE runs CODE
instead. The flags below are moonwire's, before or after the script's name; all others are the script's own, and so is
everything after "--". moonwire run NAME --help shows them.

What the script returns is its result: a table of records, say. --json and --csv write it, and nothing else, to the
standard output; what the script prints goes to the standard error output then. Without them a result is shown when the
script has printed nothing.

Lua finds the words behind the script's name in arg and ..., and require "script".args() has the arguments that the
script's header declares. The first line on the standard error output says where the script runs.
See also: moonwire help exit, moonwire help header, moonwire help limits.`,
	Flags: func() flags { return append(new(call).own(), codeFlag(new(call))) },
	Run: func(args []string, s Streams) error {
		c, err := readCall(args)
		if err != nil {
			return err
		}
		return c.run(s)
	},
}

// A call is what the words behind "run" say.
type call struct {
	options
	delivery
	words []string // all of them, for a run in another process
	code  string   // of -e
	named bool     // by -e
	file  string   // FILE, NAME or -
	args  []string // the script's own words
	first int      // how many words stand before those
	tool  string   // the built tool that this is; "": none
}

// own are the flags of run that may stand before and after the script's name.
func (c *call) own() flags { return append(c.options.flags(), c.delivery.flags()...) }

func codeFlag(c *call) flag {
	return flag{"-e", "CODE", "run CODE instead of a file", func(v string) error {
		c.code, c.named = v, true
		return nil
	}}
}

// readCall parts moonwire's flags from the script's words.
func readCall(words []string) (*call, error) {
	c := &call{words: words}
	before := append(c.own(), codeFlag(c))
	for !c.named && c.file == "" {
		if len(words) == 0 {
			return nil, usagef("run needs a script")
		}
		n, err := before.take(words)
		switch {
		case err != nil:
			return nil, err
		case words[0] == "--" && len(words) > 1:
			c.file, n = words[1], 2
		case n == 0 && isFlag(words[0]):
			return nil, before.unknown(words[0])
		case n == 0:
			c.file, n = words[0], 1
		}
		words = words[n:]
	}
	c.first = len(c.words) - len(words)
	return c, c.readRest(words)
}

// readRest reads what stands behind the script's name, up to "--".
func (c *call) readRest(words []string) error {
	host := c.own()
	if c.tool != "" {
		host = slices.DeleteFunc(host, notInTools)
	}
	for len(words) > 0 && words[0] != "--" {
		n, err := host.take(words)
		switch {
		case err != nil:
			return err
		case n == 0:
			c.args = append(c.args, words[0])
			n = 1
		}
		words = words[n:]
	}
	c.args = append(c.args, words...)
	return nil
}

// run reads the script, and runs it here or in a process of its own.
func (c *call) run(s Streams) error {
	s, done, err := c.isolated(s)
	if done || err != nil {
		return err
	}
	src, err := c.source(s)
	if err != nil {
		return err
	}
	if err := reserved(src); err != nil {
		return err
	}
	values, err := c.values(src)
	if errors.Is(err, script.ErrHelp) {
		fmt.Fprint(s.Out, src.header.Help("moonwire run "+src.called))
		return nil
	}
	if err != nil {
		return usagef("%s: %s (moonwire run %s --help tells more)", src.called, err, src.called)
	}
	if err := c.grant(&src, values, s); err != nil {
		return err
	}
	return c.play(src, values, s)
}

func (c *call) source(s Streams) (source, error) {
	if c.named {
		return newSource("(command line)", c.code)
	}
	return readSource(c.file, s.In)
}

// values are the arguments that the header declares. A script that declares none gets its words as they are.
func (c *call) values(src source) (script.Values, error) {
	if len(src.header.Args) > 0 {
		return src.header.Read(c.args)
	}
	if len(c.args) > 0 && c.args[0] == "--" {
		c.args = c.args[1:]
	} else if src.header.Lines > 0 && wantsHelp(c.args) {
		return nil, script.ErrHelp
	}
	return nil, nil
}

// command is what Lua finds in arg from arg[0] down: the script's name, and all words before it.
func (c *call) command() []string {
	if c.tool != "" {
		return []string{c.tool}
	}
	words := append([]string{"moonwire", "run"}, c.words[:c.first]...)
	if c.named {
		return words[:len(words)-1] // code is no name; "-e" stands for it
	}
	return words
}

// reserved refuses a header whose argument moonwire's own flag would hide.
func reserved(src source) error {
	names := append(new(call).own().names(), "help")
	for _, a := range src.header.Args {
		for _, n := range names {
			if a.Name == n {
				return fmt.Errorf("%s: argument '%s' can't be given: moonwire has a flag --%s of its own", src.name, n, n)
			}
		}
	}
	return nil
}
