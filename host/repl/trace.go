package repl

import (
	"errors"
	"fmt"
	"strings"

	"moonwire/host/vm"
)

// tidy ends an error's traceback with the input that was typed: what lies below is the prompt's.
func tidy(err error, name string) error {
	var raised *vm.Error
	if !errors.As(err, &raised) {
		return err
	}
	lines := strings.Split(raised.Traceback, "\n")
	main := fmt.Sprintf("in function <%s:0>", name)
	for i, line := range lines {
		if at := strings.Index(line, main); at >= 0 {
			lines[i] = line[:at] + "in main chunk"
			raised.Traceback = strings.Join(lines[:i+1], "\n")
			break
		}
	}
	return err
}
