package dhcp

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/dhcp/server4"
)

func (r *reader) faults(o *serverOptions, c *server4.Config) error {
	r.at = "'faults'"
	if _, ok := o.Faults.(*lua.LTable); !ok && o.Faults != nil && o.Faults != lua.LNil {
		return fmt.Errorf("table expected, got %s", decl.TypeName(o.Faults))
	}
	for _, v := range several.Items(o.Faults) {
		var spec faultSpec
		if err := decl.Read(r.L, v, &spec); err != nil {
			return err
		}
		c.Faults = append(c.Faults, r.server.fault(&spec))
	}
	return nil
}

func (s *server) fault(spec *faultSpec) server4.Fault {
	f := server4.Fault{Silence: spec.Silence, NAK: spec.NAK, WrongXID: spec.WrongXID, WrongMAC: spec.WrongMAC, WrongServer: spec.WrongServer,
		Outside: spec.Outside, Truncated: spec.Truncated, Delay: spec.Delay}
	if spec.Delay > 0 {
		f.Delayed = 1
	}
	if spec.Delayed != nil {
		f.Delayed = *spec.Delayed
	}
	s.HasSay = s.HasSay || spec.Match != nil
	mac := dhcpserver.Beginning(spec.MAC)
	f.Match = func(r *server4.Request) bool {
		return (mac == "" || dhcpserver.Matches(mac, r.Message.MAC().String())) && (spec.Match == nil || s.asks(spec.Match, r))
	}
	return f
}
