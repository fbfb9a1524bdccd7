package dhcp

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"path"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
)

// A reader makes a server's configuration of a script's options. at is the option at fault.
type reader struct {
	L      *lua.LState
	server *server
	at     string
}

func (r *reader) config(o *serverOptions, c *server4.Config) (err error) {
	c.Interface, c.ServerID, c.RapidCommit, c.BOOTP, c.LeaseFile, c.Sync = o.Iface, o.ServerID, o.RapidCommit, o.BOOTP, o.LeaseFile, o.Sync
	c.Authoritative = o.Authoritative == nil || *o.Authoritative
	for to, d := range map[*time.Duration]*time.Duration{&c.ConflictWait: o.ConflictWait, &c.OfferTime: o.OfferTime, &c.DeclineTime: o.DeclineTime} {
		if d != nil {
			*to = *d
		}
	}
	for _, step := range []func() error{
		func() error { return r.settings("", &o.settings, &c.Settings) },
		func() error { return r.conflict(o, c) },
		func() error { return r.subnets(o, c) },
		func() error { return r.classes(o, c) },
		func() error { return r.reservations(o, c) },
		func() error { return r.faults(o, c) },
	} {
		if err = step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) conflict(o *serverOptions, c *server4.Config) error {
	r.at = "'conflict_check'"
	switch v := o.Conflict; v {
	case nil, lua.LNil, lua.LFalse:
	case lua.LTrue, lua.LString("ping"):
		c.Conflict = server4.PingCheck
	case lua.LString("arp"):
		c.Conflict = server4.ARPCheck
	default:
		return fmt.Errorf("ping, arp or a boolean expected, got %s", v)
	}
	return nil
}

func (r *reader) subnets(o *serverOptions, c *server4.Config) error {
	if o.Subnet.IsValid() || o.Pool != nil && o.Pool != lua.LNil || len(o.Subnets) == 0 {
		s := server4.Subnet{Prefix: o.Subnet}
		if err := r.subnet(&s, o.Pool, "'subnet'", "'pool'"); err != nil {
			return err
		}
		c.Subnets = append(c.Subnets, s)
	}
	for i := range o.Subnets {
		spec := &o.Subnets[i]
		at := fmt.Sprintf("'subnets' item %d: ", i+1)
		s := server4.Subnet{Prefix: spec.Subnet}
		if err := r.subnet(&s, spec.Pool, at+"'subnet'", at+"'pool'"); err != nil {
			return err
		}
		if err := r.settings(at, &spec.settings, &s.Settings); err != nil {
			return err
		}
		c.Subnets = append(c.Subnets, s)
	}
	return nil
}

func (r *reader) subnet(s *server4.Subnet, pool lua.LValue, atPrefix, atPool string) (err error) {
	r.at = atPrefix
	if s.Prefix.IsValid() && !s.Prefix.Addr().Is4() {
		return errors.New("a prefix of IPv4 expected; dhcp6.server is for IPv6")
	}
	s.Prefix = s.Prefix.Masked()
	r.at = atPool
	s.Ranges, err = r.ranges(pool)
	return err
}

// ranges reads a pool.
func (r *reader) ranges(v lua.LValue) (list []lease.Range, err error) {
	texts, err := r.texts(v)
	for _, text := range texts {
		one, err := lease.ParseRange(text)
		if err == nil && !one.First.Is4() {
			err = fmt.Errorf("%q is no range of IPv4", text)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, err
}

// texts reads a string or a list of strings.
func (r *reader) texts(v lua.LValue) (list []string, err error) {
	switch v := v.(type) {
	case nil, *lua.LNilType:
	case *lua.LTable:
		for i := 1; i <= v.Len(); i++ {
			text, ok := asText(v.RawGetInt(i))
			if !ok {
				return nil, fmt.Errorf("item %d: string expected, got %s", i, decl.TypeName(v.RawGetInt(i)))
			}
			list = append(list, text)
		}
	default:
		text, ok := asText(v)
		if !ok {
			return nil, fmt.Errorf("string or list expected, got %s", decl.TypeName(v))
		}
		list = []string{text}
	}
	return list, nil
}

// asText is a string, or a value that prints as one: an address of module addr.
func asText(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case *lua.LUserData:
		if s, ok := v.Value.(fmt.Stringer); ok {
			return s.String(), true
		}
	}
	return "", false
}

// settings reads what clients are told.
func (r *reader) settings(at string, o *settings, s *server4.Settings) error {
	s.NextServer, s.ServerName, s.BootFile, s.Options = o.NextServer, o.ServerName, o.BootFile, map[uint8][]byte{}
	for _, x := range [...]struct {
		to  *time.Duration
		of  *time.Duration
		opt string
	}{{&s.LeaseTime, o.LeaseTime, "lease_time"}, {&s.LeastTime, o.LeastTime, "min_lease_time"}, {&s.MostTime, o.MostTime, "max_lease_time"},
		{&s.Renewal, o.Renewal, "renewal_time"}, {&s.Rebinding, o.Rebinding, "rebinding_time"}} {
		if x.of == nil {
			continue
		}
		r.at = at + "'" + x.opt + "'"
		switch *x.to = *x.of; {
		case *x.of == math.MaxInt64:
			*x.to = lease.Forever
		case *x.of < time.Second:
			return errors.New("a second or more expected")
		}
	}
	for _, x := range [...]struct {
		text string
		most int
		opt  string
	}{{o.ServerName, 64, "server_name"}, {o.BootFile, 128, "boot_file"}} {
		if r.at = at + "'" + x.opt + "'"; len(x.text) > x.most {
			return fmt.Errorf("%d bytes at most expected, got %d", x.most, len(x.text))
		}
	}
	for _, x := range [...]struct {
		v    lua.LValue
		code uint8
		opt  string
	}{{o.Router, option.Router, "router"}, {o.DNS, option.DomainNameServer, "dns"}} {
		r.at = at + "'" + x.opt + "'"
		if x.v == nil || x.v == lua.LNil {
			continue
		}
		if err := r.option(s, x.code, x.v); err != nil {
			return err
		}
	}
	if o.Domain != "" {
		s.Options[option.DomainName] = []byte(o.Domain)
	}
	return r.options(at, o.Options, s)
}

// options reads options by name or code.
func (r *reader) options(at string, t *lua.LTable, s *server4.Settings) (err error) {
	if t == nil {
		return nil
	}
	decl.Each(t, func(k, v lua.LValue) {
		if err != nil {
			return
		}
		r.at = fmt.Sprintf("%s'options' entry '%s'", at, k)
		code, bad := optionCode(k)
		if err = bad; err == nil {
			err = r.option(s, code, v)
		}
	})
	return err
}

// optionCode is the code of an option named by a key.
func optionCode(k lua.LValue) (uint8, error) {
	key, ok := packets.ToGo(k)
	if !ok {
		return 0, fmt.Errorf("name or code of an option expected, got %s", decl.TypeName(k))
	}
	return option.Code(key)
}

// option sets one; false: it isn't sent.
func (r *reader) option(s *server4.Settings, code uint8, v lua.LValue) error {
	if v == lua.LFalse {
		s.Options[code] = nil
		return nil
	}
	data, err := optionData(code, v)
	if err == nil {
		s.Options[code] = data
	}
	return err
}

// optionData writes an option's value.
func optionData(code uint8, v lua.LValue) ([]byte, error) {
	value, ok := packets.ToGo(v)
	if !ok {
		return nil, fmt.Errorf("%s expected, got %s", option.KindOf(code).Type(), decl.TypeName(v))
	}
	return option.Encode(option.KindOf(code), value)
}

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
	s.scripted = s.scripted || spec.Match != nil
	return func(r *server4.Request) bool {
		for _, x := range [...]struct {
			pattern string
			text    func() string
		}{
			{spec.VendorClass, func() string { return r.Message.Text(option.VendorClass) }},
			{spec.UserClass, r.UserClass}, {beginning(spec.MAC), func() string { return r.Message.MAC().String() }},
			{spec.CircuitID, func() string { return string(r.CircuitID()) }}, {spec.RemoteID, func() string { return string(r.RemoteID()) }},
			{spec.HostName, r.Name},
		} {
			if x.pattern != "" && !matches(x.pattern, x.text()) {
				return false
			}
		}
		return spec.Match == nil || s.asks(spec.Match, r)
	}
}

// matches says whether a text fits a pattern with * and ?.
func matches(pattern, text string) bool {
	plain := strings.NewReplacer("/", "\x00", "[", "\\[", "\\", "\\\\")
	ok, err := path.Match(plain.Replace(pattern), strings.ReplaceAll(text, "/", "\x00"))
	return ok && err == nil
}

// beginning makes a pattern of a part of a hardware address.
func beginning(mac string) string {
	if mac == "" || strings.ContainsAny(mac, "*?") {
		return strings.ToLower(mac)
	}
	return strings.ToLower(mac) + "*"
}

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

func (r *reader) faults(o *serverOptions, c *server4.Config) error {
	r.at = "'faults'"
	t, ok := o.Faults.(*lua.LTable)
	if !ok && o.Faults != nil && o.Faults != lua.LNil {
		return fmt.Errorf("table expected, got %s", decl.TypeName(o.Faults))
	}
	if t == nil {
		return nil
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

func (s *server) fault(spec *faultSpec) server4.Fault {
	f := server4.Fault{Silence: spec.Silence, NAK: spec.NAK, WrongXID: spec.WrongXID, WrongMAC: spec.WrongMAC, WrongServer: spec.WrongServer,
		Outside: spec.Outside, Truncated: spec.Truncated, Delay: spec.Delay}
	if spec.Delay > 0 {
		f.Delayed = 1
	}
	if spec.Delayed != nil {
		f.Delayed = *spec.Delayed
	}
	s.scripted = s.scripted || spec.Match != nil
	mac := beginning(spec.MAC)
	f.Match = func(r *server4.Request) bool {
		return (mac == "" || matches(mac, r.Message.MAC().String())) && (spec.Match == nil || s.asks(spec.Match, r))
	}
	return f
}
