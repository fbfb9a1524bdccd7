package node

import (
	"errors"
	"fmt"

	"gvisor.dev/gvisor/pkg/tcpip"
)

// refused is the stack's refusal with what was tried, or nil.
func refused(err tcpip.Error, tried string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(tried, args...), errors.New(err.String()))
}
