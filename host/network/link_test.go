package network

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"testing"
)

// TestLinkRefused opens links where that can't be.
func TestLinkRefused(t *testing.T) {
	t.Parallel()
	if Kernel().Caps().RawLink {
		t.Skip("this process has CAP_NET_RAW")
	}
	list, err := Kernel().Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		if i.Name != "lo" {
			continue
		}
		_, err := Kernel().OpenLink(t.Context(), "lo", nil)
		if runtime.GOOS == "linux" && (!errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "needs CAP_NET_RAW")) {
			t.Error(err)
		}
		if runtime.GOOS != "linux" && !errors.Is(err, errors.ErrUnsupported) {
			t.Error(err)
		}
	}
}
