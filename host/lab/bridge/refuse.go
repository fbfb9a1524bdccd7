package bridge

import (
	"errors"
	"fmt"
	"os"

	"moonwire/host/network"
)

// ErrSimulated is why a lab under simulated time has no bridge.
var ErrSimulated = fmt.Errorf("real interfaces and sockets keep real time, and this lab's is simulated (run it without --virtual-time): %w", errors.ErrUnsupported)

// realTime refuses a simulated clock.
func realTime(c network.Clock) error {
	if c != nil && c.Virtual() {
		return ErrSimulated
	}
	return nil
}

// privilege says what is missing when the system refuses, and the way without.
func privilege(capability string, err error) error {
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("%w (needs %s: run as root; a forwarded port needs no privilege)", err, capability)
	}
	return err
}
