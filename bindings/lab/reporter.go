package lab

import (
	"fmt"
	"io"

	"moonwire/host/lab/wire"
)

// A reporter tells the person at the terminal what a lab's loop met. It is called on that loop.
type reporter struct{ to io.Writer }

func (r reporter) storm(s wire.Storm) {
	fmt.Fprintf(r.to, "moonwire: lab: storm: frames come back to %s through %s: it drops them now\n", s.Switch, s.Port)
}

func (r reporter) fault(cause any, stack []byte) {
	fmt.Fprintf(r.to, "moonwire: lab: a fault of moonwire's own, the lab goes on: %v\n%s", cause, stack)
}
