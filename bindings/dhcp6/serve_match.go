package dhcp6

import (
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
	"moonwire/host/packet"
)

func (r *reader) classes(o *serverOptions, c *server6.Config) (err error) {
	for i := range o.Classes {
		spec := &o.Classes[i]
		at := fmt.Sprintf("'classes' item %d: ", i+1)
		x := server6.Class{Name: spec.Name, Match: r.server.fitting(spec)}
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
func (s *server) fitting(spec *classSpec) func(*server6.Request) bool {
	s.HasSay = s.HasSay || spec.Match != nil
	return func(r *server6.Request) bool {
		for _, x := range [...]struct {
			pattern string
			texts   func() []string
		}{
			{spec.VendorClass, func() []string { return vendorClasses(r) }},
			{spec.UserClass, func() []string { return texts(r.Message.Options.ValueOf(dhcp6.UserClass)) }},
			{dhcpserver.Beginning(spec.DUID), func() []string { return []string{r.DUID.String()} }},
			{dhcpserver.Beginning(spec.MAC), func() []string { return []string{r.MAC.String()} }},
			{spec.InterfaceID, func() []string { return texts(r.Relay().ValueOf(dhcp6.InterfaceID)) }},
			{spec.RemoteID, func() []string { return remoteID(r) }},
			{spec.HostName, func() []string { return []string{r.Name()} }},
		} {
			fits := func(text string) bool { return dhcpserver.Matches(x.pattern, text) }
			if x.pattern != "" && !slices.ContainsFunc(x.texts(), fits) {
				return false
			}
		}
		return spec.Match == nil || s.asks(spec.Match, r)
	}
}

// vendorClasses are the texts of a client's vendor classes.
func vendorClasses(r *server6.Request) (all []string) {
	list, _ := r.Message.Options.ValueOf(dhcp6.VendorClass).([]packet.Value)
	for _, v := range list {
		rec, _ := v.(packet.Record)
		all = append(all, texts(rec.Get("data"))...)
	}
	return all
}

// remoteID is the relay agent's remote identifier (RFC 4649).
func remoteID(r *server6.Request) []string {
	rec, _ := r.Relay().ValueOf(dhcp6.RemoteID).(packet.Record)
	return texts(rec.Get("id"))
}

// texts are the strings of a value: itself, or those of a list.
func texts(v packet.Value) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []packet.Value:
		for _, one := range v {
			all = append(all, texts(one)...)
		}
	}
	return all
}

func (r *reader) faults(o *serverOptions, c *server6.Config) error {
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

func (s *server) fault(spec *faultSpec) server6.Fault {
	f := server6.Fault{Silence: spec.Silence, NoBinding: spec.NoBinding, WrongXID: spec.WrongXID, WrongClient: spec.WrongClient,
		WrongServer: spec.WrongServer, Outside: spec.Outside, Truncated: spec.Truncated, Delay: spec.Delay}
	if spec.Delay > 0 {
		f.Delayed = 1
	}
	if spec.Delayed != nil {
		f.Delayed = *spec.Delayed
	}
	s.HasSay = s.HasSay || spec.Match != nil
	duid, mac := dhcpserver.Beginning(spec.DUID), dhcpserver.Beginning(spec.MAC)
	f.Match = func(r *server6.Request) bool {
		return (duid == "" || dhcpserver.Matches(duid, r.DUID.String())) && (mac == "" || dhcpserver.Matches(mac, r.MAC.String())) &&
			(spec.Match == nil || s.asks(spec.Match, r))
	}
	return f
}
