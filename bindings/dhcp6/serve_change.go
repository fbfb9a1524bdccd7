package dhcp6

import (
	"fmt"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
)

// change is what a handler's table says.
type change struct {
	Delay   time.Duration `lua:"delay?" doc:"seconds until the answer leaves"`
	Status  lua.LValue    `lua:"status?" doc:"refuse, with a status code by name, or {code, message}"`
	Options *lua.LTable   `lua:"options?" doc:"options to set, by name or code; false removes"`
	Address netip.Addr    `lua:"address?" doc:"the address to give in the first IA_NA"`
	Prefix  netip.Prefix  `lua:"prefix?" doc:"the prefix to give in the first IA_PD"`
}

// change changes the server's own answer.
func (p *peer) change(t *lua.LTable) (*server6.Answer, error) {
	var c change
	if err := decl.Read(p.server.State(), t, &c); err != nil {
		return nil, err
	}
	if c.Status != nil && c.Status != lua.LNil {
		status, err := statusOf(c.Status)
		if err != nil {
			return nil, err
		}
		a := p.server.Refusal(p.Request, status.Code, status.Message)
		a.Delay = c.Delay
		return a, nil
	}
	a := p.own()
	a.Delay += c.Delay
	if a.Message == nil || c.Options == nil && !c.Address.IsValid() && !c.Prefix.IsValid() {
		return a, nil
	}
	a.Script()
	if c.Address.IsValid() {
		p.server.Give(p.Request, a.Message, dhcp6.IANA, netip.PrefixFrom(c.Address, 128))
	}
	if c.Prefix.IsValid() {
		p.server.Give(p.Request, a.Message, dhcp6.IAPD, c.Prefix)
	}
	if c.Options == nil {
		return a, nil
	}
	return a, setOptions(a.Message, c.Options)
}

// setOptions sets options by name or code; false removes.
func setOptions(m *dhcp6.Message, t *lua.LTable) (err error) {
	decl.Each(t, func(k, v lua.LValue) {
		list, code, bad := optionEntry(k, v)
		if bad != nil && err == nil {
			err = fmt.Errorf("option %s: %w", k, bad)
		}
		if bad == nil {
			m.Options.Replace(code, list...)
		}
	})
	return err
}

// optionEntry is one entry of a table of options; none for false.
func optionEntry(k, v lua.LValue) (list dhcp6.Options, code uint16, err error) {
	key, _ := packets.ToGo(k)
	if code, err = dhcp6.CodeOf(key); err != nil {
		return nil, 0, near(err)
	}
	if v == lua.LFalse {
		return nil, code, nil
	}
	value, ok := packets.ToGo(v)
	if !ok {
		return nil, code, fmt.Errorf("no option holds a %s", decl.TypeName(v))
	}
	list, err = dhcp6.NewOptions(code, value)
	return list, code, near(err)
}

// near adds the nearest name to an error about a misspelt one.
func near(err error) error {
	if unknown, ok := unwrapped(err); ok {
		if word := decl.Nearest(unknown.Name, unknown.Known); word != "" {
			return fmt.Errorf("%w (did you mean '%s'?)", err, word)
		}
	}
	return err
}

// statusOf reads a status: its code's name or number, or a table of code and message.
func statusOf(v lua.LValue) (dhcp6.Status, error) {
	value, _ := packets.ToGo(v)
	if _, isTable := v.(*lua.LTable); !isTable {
		code, ok := dhcp6.StatusCodeOf(value)
		if !ok {
			return dhcp6.Status{}, fmt.Errorf("status: code or name of one expected, as NoAddrsAvail, got %s", v)
		}
		return dhcp6.Status{Code: code}, nil
	}
	o, err := dhcp6.NewOption(dhcp6.StatusOption, value)
	return dhcp6.Options{o}.Status(), near(err)
}
