//go:build !linux

package network

// Routes needs Linux's netlink.
func (k *kernel) Routes() ([]Route, error) { return nil, unsupported("the routing table") }

// Neighbors needs Linux's netlink.
func (k *kernel) Neighbors() ([]Neighbor, error) { return nil, unsupported("the neighbour table") }

// Config changes nothing here.
func (k *kernel) Config() Configurator { return nil }

// Caps has what every system has.
func (k *kernel) Caps() Caps { return Caps{} }
