package mib2

import (
	"unicode/utf8"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Change is a set that was found right.
type Change struct{ do, undo func() error }

// Commit makes it.
func (c *Change) Commit() error { return c.do() }

// Undo takes it back.
func (c *Change) Undo() error { return c.undo() }

// Prepare looks whether a variable can be set to a value (RFC 3416 section 4.2.5). Nothing changes before Commit.
func (h *Host) Prepare(name oid.OID, v message.Value) (*Change, message.ErrorStatus) {
	view := h.View()
	status := message.ErrorStatus(message.NoCreation)
	for _, g := range groups {
		if !name.HasPrefix(g.root) {
			continue
		}
		r, column, ok := find(view.of(g), name[len(g.root):])
		if _, has := r.cells[column]; !ok || !has {
			continue
		}
		if g.set == nil {
			return nil, message.NotWritable
		}
		return g.set(h, r, column, v)
	}
	return nil, status
}

// remember sets what the host keeps in its memory.
func remember[T any](h *Host, place *T, value T) *Change {
	var old T
	return &Change{
		do: func() error {
			h.mu.Lock()
			defer h.mu.Unlock()
			old, *place = *place, value
			return nil
		},
		undo: func() error {
			h.mu.Lock()
			defer h.mu.Unlock()
			*place = old
			return nil
		},
	}
}

// choice is a value of an enumeration that begins at 1.
func choice(v message.Value, first, last int64) (int, message.ErrorStatus) {
	switch {
	case v.Type != message.TypeInteger:
		return 0, message.WrongType
	case v.Int() < first || v.Int() > last:
		return 0, message.WrongValue
	}
	return int(v.Int()), message.NoError
}

// display is a DisplayString or SnmpAdminString of most bytes.
func display(v message.Value, most int) (string, message.ErrorStatus) {
	switch b := v.Bytes(); {
	case v.Type != message.TypeOctetString:
		return "", message.WrongType
	case len(b) > most:
		return "", message.WrongLength
	case !utf8.Valid(b):
		return "", message.WrongValue
	}
	return string(v.Bytes()), message.NoError
}

const longText = 255

// setSystem sets sysContact, sysName and sysLocation. The host is called by its new name then, where the world allows.
func setSystem(h *Host, _ row, column uint32, v message.Value) (*Change, message.ErrorStatus) {
	place := map[uint32]*string{sysContact: &h.contact, sysName: &h.name, sysLocation: &h.location}[column]
	if place == nil {
		return nil, message.NotWritable
	}
	text, bad := display(v, longText)
	if bad != message.NoError {
		return nil, bad
	}
	c := remember(h, place, text)
	if renamer, ok := network.As[network.Renamer](h.net); ok && column == sysName && text != "" {
		return rename(c, renamer, text), message.NoError
	}
	return c, message.NoError
}

// rename gives the host its name, and back.
func rename(c *Change, host network.Renamer, name string) *Change {
	old := ""
	return &Change{
		do: func() (err error) {
			if old, err = host.Hostname(); err == nil {
				err = host.SetHostname(name)
			}
			if err != nil {
				return err
			}
			return c.do()
		},
		undo: func() error {
			if err := host.SetHostname(old); err != nil {
				return err
			}
			return c.undo()
		},
	}
}

// setInterface switches an interface on or off by its ifAdminStatus.
func setInterface(h *Host, r row, column uint32, v message.Value) (*Change, message.ErrorStatus) {
	const testing = 3
	if column != ifAdminStatus {
		return nil, message.NotWritable
	}
	wanted, bad := choice(v, up, testing)
	if bad != message.NoError {
		return nil, bad
	}
	if wanted == testing {
		return nil, message.WrongValue // nothing here has a state for tests
	}
	was := int(r.cells[ifAdminStatus].Int())
	return h.configure(func(c network.Configurator) error { return c.SetUp(r.of, wanted == up) },
		func(c network.Configurator) error { return c.SetUp(r.of, was == up) })
}

// configure changes the world.
func (h *Host) configure(do, undo func(network.Configurator) error) (*Change, message.ErrorStatus) {
	if h.net.Config() == nil {
		return nil, message.NotWritable
	}
	step := func(f func(network.Configurator) error) func() error {
		return func() error {
			g := h.net.Config().Group()
			if err := f(g); err != nil {
				return err
			}
			return g.Keep() // whoever set it wants it to stay
		}
	}
	return &Change{step(do), step(undo)}, message.NoError
}

// setInterfaceX sets ifAlias and ifLinkUpDownTrapEnable.
func setInterfaceX(h *Host, r row, column uint32, v message.Value) (*Change, message.ErrorStatus) {
	const longAlias = 64
	switch column {
	case ifAlias:
		alias, bad := display(v, longAlias)
		if bad != message.NoError {
			return nil, bad
		}
		return enter(h, h.aliases, r.of, alias), message.NoError
	case ifTrapEnable:
		on, bad := choice(v, up, down)
		if bad != message.NoError {
			return nil, bad
		}
		return enter(h, h.quiet, r.of, on == down), message.NoError
	}
	return nil, message.NotWritable
}

// enter is remember for an entry of a map.
func enter[T any](h *Host, m map[string]T, key string, value T) *Change {
	var (
		old T
		had bool
	)
	return &Change{
		do: func() error {
			h.mu.Lock()
			defer h.mu.Unlock()
			old, had = m[key]
			m[key] = value
			return nil
		},
		undo: func() error {
			h.mu.Lock()
			defer h.mu.Unlock()
			m[key] = old
			if !had {
				delete(m, key)
			}
			return nil
		},
	}
}

// setIP makes the host a router or stops it from being one. Both versions of IP change at once.
func setIP(h *Host, r row, column uint32, v message.Value) (*Change, message.ErrorStatus) {
	if column != ipForwarding && column != ipv6IPForwarding {
		return nil, message.NotWritable
	}
	wanted, bad := choice(v, yes, no)
	if bad != message.NoError {
		return nil, bad
	}
	was := r.cells[column].Int()
	return h.configure(func(c network.Configurator) error { return c.SetForwarding(wanted == yes) },
		func(c network.Configurator) error { return c.SetForwarding(was == yes) })
}
