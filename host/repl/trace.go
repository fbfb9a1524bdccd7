package repl

import (
	"errors"
	"strings"

	"moonwire/host/vm"
)

// tidy ends an error's traceback with the input that was typed: what lies below is the prompt's.
func tidy(err error) error {
	var raised *vm.Error
	if errors.As(err, &raised) {
		const last = "in main chunk\n"
		if at := strings.Index(raised.Traceback, last); at >= 0 {
			raised.Traceback = raised.Traceback[:at+len(last)-1]
		}
	}
	return err
}
