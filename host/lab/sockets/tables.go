package sockets

import "moonwire/host/network"

// Interfaces lists the interfaces.
func (w *world) Interfaces() ([]network.Interface, error) { return w.node.Interfaces(), nil }

// Routes lists the routing table.
func (w *world) Routes() ([]network.Route, error) { return w.node.Routes(), nil }

// Neighbors lists the ARP and neighbour tables.
func (w *world) Neighbors() ([]network.Neighbor, error) { return w.node.Neighbors(), nil }
