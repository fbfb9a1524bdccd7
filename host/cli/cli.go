// Package cli is the moonwire command. Each subcommand is a Command value in a file of its own; its help stands in that
// value, and the list in commands is all there is.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"moonwire/host/ink"
	"moonwire/host/script"
)

// Streams are where a command reads and writes. Results go to Out, everything else to Err.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// Exit codes. A script may choose its own with os.exit.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNothing     = 3   // a search found nothing
	exitHungUp      = 129 // the terminal has gone
	exitInterrupted = 130 // by Ctrl-C
	exitQuit        = 131 // by Ctrl-\
	exitAborted     = 134
	exitBrokenPipe  = 141 // nobody reads the output any more
	exitTerminated  = 143
)

// Main runs moonwire with the words behind its name and returns the exit code.
func Main(args []string, s Streams) int {
	collectSeldom()
	if code, is := builtIn(args, s); is {
		return code
	}
	c, rest, err := choose(args)
	if err == nil {
		err = c.Run(rest, s)
	}
	return report(err, c, s)
}

// choose finds the command that args call. Without one it is repl; a script's name or a flag of run means run.
func choose(args []string) (*Command, []string, error) {
	if len(args) == 0 {
		return replCommand, nil, nil
	}
	word := args[0]
	if word == completing {
		return completeCommand, args[1:], nil
	}
	switch c := commandNamed(word); {
	case c != nil && wantsHelp(args[1:]):
		return helpCommand, args[:1], nil
	case c != nil:
		return c, args[1:], nil
	case word == "--help" || word == "-h":
		return helpCommand, args[1:], nil
	case word == "--version" || word == "-V":
		return versionCommand, args[1:], nil
	case strings.HasPrefix(word, "-") || isPath(word):
		return runCommand, args, nil
	}
	names := make([]string, 0, len(commands()))
	for _, c := range commands() {
		names = append(names, c.Name())
	}
	return nil, nil, usagef("unknown command '%s'%s", word, script.Meant(word, names))
}

// wantsHelp says whether the words ask a command for its help.
func wantsHelp(words []string) bool {
	return len(words) == 1 && (words[0] == "--help" || words[0] == "-h")
}

// isPath tells a script's file from a command's name.
func isPath(word string) bool {
	return strings.HasSuffix(word, ".lua") || strings.ContainsAny(word, `/\`)
}

// A usageError is the caller's mistake: its exit code is 2, and the command's usage follows it.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// An exit ends the command with a code and no further words.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// report writes what went wrong and turns it into an exit code. c may be nil.
func report(err error, c *Command, s Streams) int {
	var usage usageError
	var code exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		line := "moonwire help lists the commands"
		if c != nil {
			line = "usage: moonwire " + c.Usage + " (moonwire help " + c.Name() + " tells more)"
		}
		complain(s.Err, usage.message+"\n"+line)
		return exitUsage
	}
	complain(s.Err, err.Error())
	return exitFailed
}

// complain writes what is wrong.
func complain(out io.Writer, message string) {
	fmt.Fprintln(out, ink.Of(out).Complaint("moonwire: "+message))
}
