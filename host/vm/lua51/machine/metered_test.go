package machine_test

import (
	"context"

	"moonwire/host/vm/lua51/machine"
)

// metered is a context with a meter.
type metered struct {
	context.Context
	meter *machine.Meter
}

func (m metered) Meter() *machine.Meter { return m.meter }
