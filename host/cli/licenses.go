package cli

import (
	"io"

	"moonwire/host/licenses"
)

var licensesCommand = &Command{
	Usage: "licenses",
	Short: "print the licences of moonwire and of all that is in it",
	Long: `
Prints moonwire's licence, Go's, and that of every module linked into the binary.`,
	Run: func(args []string, s Streams) error {
		if len(args) > 0 {
			return usagef("licenses takes no words, got '%s'", args[0])
		}
		_, err := io.WriteString(s.Out, licenses.Notices)
		return err
	},
}
