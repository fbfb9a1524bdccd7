package cli

import (
	"fmt"
	"io"
	"text/tabwriter"

	"moonwire/host/script"
	"moonwire/scripts"
)

var labCommand = &Command{
	Usage: "lab [NAME|FILE|TEXT] [flags]",
	Short: "open a network in this process and type Lua inside it",
	Long: `
A lab is a whole network without root: hosts, routers and switches with real TCP/IP, in this process. NAME is a lab that
comes with moonwire (moonwire lab alone lists them), FILE a file of your own like them, TEXT a topology such as
"h1 -- R1 -- h2". The prompt stands on the lab's first host, or on that of --on; net is the lab: print(net) draws it,
net.R1:run(fn) runs a function on R1, help(net) tells the rest.

Any script runs in a lab too: moonwire run FILE --lab NAME --on HOST.`,
	Flags: func() flags { return labFlags(new(options)) },
	Run: func(args []string, s Streams) error {
		var o options
		words, err := labFlags(&o).parse(args)
		switch {
		case err != nil:
			return err
		case len(words) > 1:
			return usagef("one lab is expected, got '%s' too", words[1])
		case len(words) == 0:
			return listLabs(s.Out)
		}
		o.lab = words[0]
		return o.converse(s)
	},
}

func labFlags(o *options) flags {
	return o.flags().without(append(notAtPrompt, "--lab", "--netns")...)
}

// listLabs prints the labs in the binary.
func listLabs(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, name := range scripts.Labs() {
		code, err := scripts.Lab(name)
		if err != nil {
			return err
		}
		h, err := script.Parse(name, code)
		if err != nil {
			return err
		}
		fmt.Fprintf(table, "%s\t%s\n", name, h.Title)
	}
	return table.Flush()
}
