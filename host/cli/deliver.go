package cli

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"moonwire/host"
	"moonwire/host/result"
	"moonwire/host/script"
	"moonwire/host/vm"
)

// delivery is how a script's result is written.
type delivery struct{ json, csv bool }

func (d *delivery) flags() flags {
	return flags{
		{"--json", "", "write what the script returns as JSON, and what it prints to the standard error output", d.choose(&d.json)},
		{"--csv", "", "write it as comma-separated values: a row for each record", d.choose(&d.csv)},
	}
}

func (d *delivery) choose(form *bool) func(string) error {
	return func(string) error {
		*form = true
		if d.json && d.csv {
			return errors.New("a result is written as JSON or as CSV, not as both")
		}
		return nil
	}
}

// deliver gives the script its standard output, and has its result written to out. The function that it returns is
// told how the run ended.
func (d *delivery) deliver(o *host.Options, h *script.Header, out io.Writer) func(error) error {
	printed := &spoken{to: out}
	o.Stdout = printed
	if d.json || d.csv {
		o.Stdout = o.Stderr
	}
	write := func(v any) {
		form, notes := d.written(v, h.Columns(), printed.any.Load())
		for _, n := range notes {
			fmt.Fprintf(o.Stderr, "moonwire: %s\n", n)
		}
		if len(form) > 0 {
			_, _ = out.Write(form) // out tells of failures at the end
		}
	}
	o.OnResult = func(v any) error {
		if err := refusal(v); err != nil {
			return err
		}
		write(v)
		return nil
	}
	return func(err error) error {
		var asked *vm.Exit
		if errors.As(err, &asked) && asked.Code == exitNothing && (d.json || d.csv) {
			write(result.List{}) // a reader still gets what it can read
		}
		return err
	}
}

// written is a result as it is to be written. Without a flag it is shown only when nothing was printed.
func (d *delivery) written(v any, columns []string, printed bool) (form []byte, notes []string) {
	switch {
	case d.json:
		return result.JSON(v)
	case d.csv:
		return result.CSV(v, columns)
	case printed:
		return nil, nil
	}
	return []byte(result.Readable(v, columns)), nil
}

// refusal is the error of a script that returns what a refused call returns: nil, a message, and its kind.
func refusal(v any) error {
	values, several := v.(result.List)
	if !several || len(values) < 2 || len(values) > 3 || values[0] != nil {
		return nil
	}
	if message, is := values[1].(string); is {
		return errors.New(message)
	}
	return nil
}

// spoken notes whether anything was written.
type spoken struct {
	to  io.Writer
	any atomic.Bool
}

func (s *spoken) Write(b []byte) (int, error) {
	if len(b) > 0 {
		s.any.Store(true)
	}
	return s.to.Write(b)
}
