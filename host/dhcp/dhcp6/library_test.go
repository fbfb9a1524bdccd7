package dhcp6_test

import (
	"bytes"
	"testing"

	"github.com/insomniacslk/dhcp/dhcpv6"

	"moonwire/host/dhcp/dhcp6"
)

// TestLibrary holds what we write of every option against another library's reading: it writes the same again.
func TestLibrary(t *testing.T) {
	t.Parallel()
	differs := map[string]string{"bootfile_parameters": "", "client_network_interface": ""}
	for _, s := range samples {
		if _, known := differs[s.name]; known {
			continue
		}
		m := dhcp6.New(dhcp6.Solicit, 1, s.option(t))
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := dhcpv6.FromBytes(b)
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		if again := theirs.ToBytes(); !bytes.Equal(again, b) {
			t.Errorf("%s: we write %x, it writes %x", s.name, b, again)
		}
	}
}
