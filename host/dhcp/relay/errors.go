package relay

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// NoInterface says that an interface isn't there, and which are.
type NoInterface struct {
	Name  string
	There []string
}

func (e *NoInterface) Error() string {
	return fmt.Sprintf("no interface '%s' (there are %s)", e.Name, strings.Join(e.There, ", "))
}

// Unwrap makes it an fs.ErrNotExist.
func (e *NoInterface) Unwrap() error { return os.ErrNotExist }

// explain tells what would help where the relay's socket could not be opened.
func explain(port int, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("UDP port %d: %w: it needs CAP_NET_BIND_SERVICE (run as root, or --lab)", port, err)
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("UDP port %d: %w: a DHCP server or another relay agent runs here", port, err)
	}
	return fmt.Errorf("UDP port %d: %w", port, err)
}
