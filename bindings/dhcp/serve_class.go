package dhcp

import (
	"fmt"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
)

func (r *reader) classes(o *serverOptions, c *server4.Config) (err error) {
	for i := range o.Classes {
		spec := &o.Classes[i]
		at := fmt.Sprintf("'classes' item %d: ", i+1)
		x := server4.Class{Name: spec.Name, Match: r.server.fitting(spec)}
		r.at = at + "'pool'"
		if x.Ranges, err = r.ranges(spec.Pool); err != nil {
			return err
		}
		if err := r.settings(at, &spec.settings, &x.Settings); err != nil {
			return err
		}
		c.Classes = append(c.Classes, x)
	}
	return nil
}

// fitting makes the function that finds a class's clients.
func (s *server) fitting(spec *classSpec) func(*server4.Request) bool {
	s.HasSay = s.HasSay || spec.Match != nil
	return func(r *server4.Request) bool {
		for _, x := range [...]struct {
			pattern string
			text    func() string
		}{
			{spec.VendorClass, func() string { return r.Message.Text(option.VendorClass) }},
			{spec.UserClass, r.UserClass}, {dhcpserver.Beginning(spec.MAC), func() string { return r.Message.MAC().String() }},
			{spec.CircuitID, func() string { return string(r.CircuitID()) }}, {spec.RemoteID, func() string { return string(r.RemoteID()) }},
			{spec.HostName, r.Name},
		} {
			if x.pattern != "" && !dhcpserver.Matches(x.pattern, x.text()) {
				return false
			}
		}
		return spec.Match == nil || s.asks(spec.Match, r)
	}
}
