package dhcp6

import (
	"fmt"
	"path"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

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
	s.scripted = s.scripted || spec.Match != nil
	return func(r *server6.Request) bool {
		for _, x := range [...]struct {
			pattern string
			texts   func() []string
		}{
			{spec.VendorClass, func() []string { return vendorClasses(r) }},
			{spec.UserClass, func() []string { return texts(r.Message.Options.ValueOf(dhcp6.UserClass)) }},
			{beginning(spec.DUID), func() []string { return []string{r.DUID.String()} }},
			{beginning(spec.MAC), func() []string { return []string{r.MAC.String()} }},
			{spec.InterfaceID, func() []string { return texts(r.Relay().ValueOf(dhcp6.InterfaceID)) }},
			{spec.RemoteID, func() []string { return remoteID(r) }},
			{spec.HostName, func() []string { return []string{r.Name()} }},
		} {
			fits := func(text string) bool { return matches(x.pattern, text) }
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

// matches says whether a text fits a pattern with * and ?.
func matches(pattern, text string) bool {
	plain := strings.NewReplacer("/", "\x00", "[", "\\[", "\\", "\\\\")
	ok, err := path.Match(plain.Replace(pattern), strings.ReplaceAll(text, "/", "\x00"))
	return ok && err == nil
}

// beginning makes a pattern of a part of an address or an identifier.
func beginning(text string) string {
	if text == "" || strings.ContainsAny(text, "*?") {
		return strings.ToLower(text)
	}
	return strings.ToLower(text) + "*"
}

func (r *reader) faults(o *serverOptions, c *server6.Config) error {
	r.at = "'faults'"
	if !given(o.Faults) {
		return nil
	}
	t, ok := o.Faults.(*lua.LTable)
	if !ok {
		return fmt.Errorf("table expected, got %s", decl.TypeName(o.Faults))
	}
	list := []lua.LValue{t}
	if t.Len() > 0 {
		list = nil
		for i := 1; i <= t.Len(); i++ {
			list = append(list, t.RawGetInt(i))
		}
	}
	for _, v := range list {
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
	s.scripted = s.scripted || spec.Match != nil
	duid, mac := beginning(spec.DUID), beginning(spec.MAC)
	f.Match = func(r *server6.Request) bool {
		return (duid == "" || matches(duid, r.DUID.String())) && (mac == "" || matches(mac, r.MAC.String())) &&
			(spec.Match == nil || s.asks(spec.Match, r))
	}
	return f
}
