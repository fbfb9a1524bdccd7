package cli

import (
	"fmt"
	"io"
	"path"
	"strings"

	"moonwire/host/ink"
	"moonwire/host/script"
)

var helpCommand *Command

func init() { // help lists the commands, and is one of them
	helpCommand = &Command{
		Usage: "help [NAME]",
		Short: "explain a command, a topic, a script or a module",
		Long: `
NAME is a command (run), a topic (exit), a script in the binary (01_tcp_echo), a script's file, or what moonwire doc
knows: a module or a function.`,
		Run: func(args []string, s Streams) error {
			if len(args) == 0 {
				overview(s.Out)
				return nil
			}
			return explain(strings.Join(args, " "), s)
		},
	}
}

// overview is what plain moonwire help prints.
func overview(out io.Writer) {
	fmt.Fprint(out, "moonwire runs Lua scripts for network experiments.\n\nusage: moonwire COMMAND\n\n")
	var rows [][2]string
	for _, c := range commands() {
		rows = append(rows, [2]string{c.Usage, c.Short})
	}
	writeRows(out, rows)
	fmt.Fprint(out, `
moonwire FILE.lua is short for moonwire run FILE.lua, and moonwire alone starts the REPL.
moonwire help NAME explains a command, a script, or one of these topics:

`)
	rows = nil
	for _, t := range topics {
		rows = append(rows, [2]string{t.name, t.short})
	}
	writeRows(out, rows)
}

// writeRows writes two columns.
func writeRows(out io.Writer, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r[0]))
	}
	i := ink.Of(out)
	for _, r := range rows {
		fmt.Fprintf(out, "  %s  %s\n", i.Paint(ink.Bold, fmt.Sprintf("%-*s", width, r[0])), r[1])
	}
}

// explain prints the page of a command, a topic or a script.
func explain(name string, s Streams) error {
	if c := commandNamed(name); c != nil {
		c.writeHelp(s.Out)
		return nil
	}
	if t := topicNamed(name); t != nil {
		fmt.Fprintln(s.Out, strings.Trim(t.text, "\n"))
		return nil
	}
	src, err := readSource(name, s.In)
	if _, unknown := err.(usageError); unknown {
		return explainModule(name, s.Out)
	}
	if err == nil {
		fmt.Fprint(s.Out, src.header.Help("moonwire run "+src.called))
	}
	return err
}

// explainModule prints what doc has.
func explainModule(name string, out io.Writer) error {
	lib, err := library()
	if err != nil {
		return err
	}
	page, err := lib.Text(name)
	if err != nil {
		return usagef("nothing is called '%s'%s", name, script.Meant(name, append(helpNames(), lib.Names()...)))
	}
	fmt.Fprint(out, page)
	return nil
}

// writeHelp is the page of a command.
func (c *Command) writeHelp(out io.Writer) {
	fmt.Fprintf(out, "usage: moonwire %s\n\n%s\n", c.Usage, strings.Trim(c.Long, "\n"))
	if c.Flags != nil {
		fmt.Fprintf(out, "\nflags:\n%s", c.Flags())
	}
}

// helpNames are all words that help knows.
func helpNames() []string {
	all, _ := allRecipes()
	var names []string
	for _, r := range all {
		names = append(names, r.name, path.Base(r.name))
	}
	for _, c := range commands() {
		names = append(names, c.Name())
	}
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}
