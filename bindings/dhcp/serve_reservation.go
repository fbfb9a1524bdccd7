package dhcp

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"moonwire/host/dhcp/server4"
)

func (r *reader) reservations(o *serverOptions, c *server4.Config) error {
	for i := range o.Reservations {
		spec := &o.Reservations[i]
		at := fmt.Sprintf("'reservations' item %d: ", i+1)
		x := server4.Reservation{MAC: spec.MAC, Address: spec.Address, ClientID: identifier(spec.ClientID), CircuitID: identifier(spec.CircuitID)}
		r.at = at + "'mac'"
		if len(spec.MAC) == 0 && spec.ClientID == "" && spec.CircuitID == "" {
			return errors.New("mac, client_id or circuit_id expected")
		}
		if r.at = at + "'address'"; x.Address != (netip.Addr{}) && !x.Address.Is4() {
			return errors.New("an address of IPv4 expected")
		}
		if err := r.settings(at, &spec.settings, &x.Settings); err != nil {
			return err
		}
		c.Reservations = append(c.Reservations, x)
	}
	return nil
}

// identifier is the bytes of an identifier: those of a text of pairs of hexadecimal digits with colons, or the text itself.
func identifier(text string) []byte {
	if text == "" {
		return nil
	}
	var b []byte
	for pair := range strings.SplitSeq(text, ":") {
		var n byte
		if _, err := fmt.Sscanf(pair, "%02x", &n); err != nil || len(pair) != 2 || !strings.Contains(text, ":") {
			return []byte(text)
		}
		b = append(b, n)
	}
	return b
}
