package cli

import (
	"fmt"
	"io"
	"strings"
)

var docCommand = &Command{
	Usage: "doc [MODULE[.FUNCTION]] [--html FILE] [--markdown DIR]",
	Short: "print what modules and functions do",
	Long: `
Without a word it lists the modules. With one it prints the page of a module (socket), a function (socket.bind), a class
or a method (tcp{client}:receive).

With --html or --markdown it writes the whole reference instead: commands, topics, scripts, labs and modules.`,
	Flags: new(documentation).flags,
}

func init() { docCommand.Run = runDoc } // the reference lists the commands, and doc is one of them

func runDoc(args []string, s Streams) error {
	d := &documentation{}
	words, err := d.flags().parse(args)
	if err != nil {
		return err
	}
	if d.html != "" || d.markdown != "" {
		return d.write(words, s.Err)
	}
	lib, err := library()
	if err != nil {
		return err
	}
	page, err := lib.Text(strings.Join(words, " "))
	if err != nil {
		return usageError{err.Error()}
	}
	fmt.Fprint(s.Out, page)
	return nil
}

// A documentation is one call of doc.
type documentation struct{ html, markdown string }

func (d *documentation) flags() flags {
	return flags{
		{"--html", "FILE", "write the whole reference as one HTML page that needs no other file", text(&d.html)},
		{"--markdown", "DIR", "write the whole reference as Markdown files into DIR", text(&d.markdown)},
	}
}

// write writes the reference where the flags say.
func (d *documentation) write(words []string, log io.Writer) error {
	if len(words) > 0 {
		return usagef("the reference is written whole: --html and --markdown take no name")
	}
	if d.html != "" {
		if err := writeHTML(d.html); err != nil {
			return err
		}
		fmt.Fprintf(log, "moonwire: wrote %s\n", d.html)
	}
	if d.markdown != "" {
		n, err := writeMarkdown(d.markdown)
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "moonwire: wrote %d files in %s\n", n, d.markdown)
	}
	return nil
}
