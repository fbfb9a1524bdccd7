package cli

import (
	"fmt"
	"strings"
)

var docCommand = &Command{
	Usage: "doc [MODULE[.FUNCTION]]",
	Short: "print what modules and functions do",
	Long: `
Without a word it lists the modules. With one it prints the page of a module (socket), a function (socket.bind), a class
or a method (tcp{client}:receive).`,
	Run: func(args []string, s Streams) error {
		words, err := flags(nil).parse(args)
		if err != nil {
			return err
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
	},
}
