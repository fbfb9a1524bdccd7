package dhcp

import (
	"errors"
	"fmt"
	"math"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/server4"
)

// settings reads what clients are told.
func (r *reader) settings(at string, o *settings, s *server4.Settings) error {
	s.NextServer, s.ServerName, s.BootFile, s.Options = o.NextServer, o.ServerName, o.BootFile, map[uint8][]byte{}
	if err := r.times(at, o, s); err != nil {
		return err
	}
	if err := r.names(at, o); err != nil {
		return err
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

// times reads durations: whole seconds are told, and math.huge is for ever.
func (r *reader) times(at string, o *settings, s *server4.Settings) error {
	for _, x := range [...]struct {
		to, of *time.Duration
		opt    string
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
	return nil
}

// names checks that texts have room in their fields (RFC 2131 section 2).
func (r *reader) names(at string, o *settings) error {
	for _, x := range [...]struct {
		text string
		most int
		opt  string
	}{{o.ServerName, 64, "server_name"}, {o.BootFile, 128, "boot_file"}} {
		if r.at = at + "'" + x.opt + "'"; len(x.text) > x.most {
			return fmt.Errorf("%d bytes at most expected, got %d", x.most, len(x.text))
		}
	}
	return nil
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
