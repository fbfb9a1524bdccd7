package topology

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// label is how a drawing shows a node: [host], (router), <switch>, with its services.
func (n *Node) label() string {
	name := n.Name
	if len(n.Services) > 0 {
		name += ": " + strings.Join(n.Services, ", ")
	}
	switch n.Kind {
	case Router:
		return "(" + name + ")"
	case Switch:
		return "<" + name + ">"
	}
	return "[" + name + "]"
}

// addressText is an address as drawings show it: the usual length of an IPv6 prefix goes without saying.
func addressText(p netip.Prefix) string {
	if p.Addr().Is6() && p.Bits() == 64 {
		return p.Addr().String()
	}
	return p.String()
}

// lines are the interface's name and its addresses, those apart that only its link knows.
func (i *Interface) lines() []string {
	all := []string{i.Name}
	for _, a := range i.Addrs {
		if !a.Addr().IsLinkLocalUnicast() {
			all = append(all, addressText(a))
		}
	}
	return all
}

// lines are the port's name, and what it carries where that is not just VLAN 1.
func (p *Port) lines() []string {
	all := []string{p.Name}
	switch {
	case p.Mirror != nil:
		all = append(all, "mirror of p"+ids(numbers(p.Mirror)))
	case p.Trunk != nil:
		all = append(all, "trunk "+ids(p.Trunk))
		if p.VLAN != 0 {
			all = append(all, fmt.Sprintf("native %d", p.VLAN))
		}
	case p.VLAN != 1:
		all = append(all, fmt.Sprintf("vlan %d", p.VLAN))
	}
	return all
}

// numbers are those of ports: 2 of p2.
func numbers(ports []string) (list []int) {
	for _, name := range ports {
		n, _ := strconv.Atoi(name[1:])
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// ids are numbers with runs drawn together: 10,20-25.
func ids(list []int) string {
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		part := fmt.Sprint(list[i])
		if j > i {
			part = fmt.Sprintf("%d-%d", list[i], list[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ",")
}

// lines say what an end of a link is: its card or port, then the VLANs on the card.
func (e *End) lines() []string {
	if e.port != nil {
		return e.port.lines()
	}
	all := e.card.lines()
	for _, i := range e.card.tagged {
		all = append(all, i.lines()...)
	}
	return all
}

// mtus are the MTUs of a link that aren't the usual one: of both ends, or of each; "" when they are.
func (l *Link) mtus() (both, left, right string) {
	a, b := l.Ends[0].MTU, l.Ends[1].MTU
	switch {
	case a == b && a != defaultMTU:
		return fmt.Sprintf("MTU %d", a), "", ""
	case a == b:
		return "", "", ""
	}
	return "", fmt.Sprintf("MTU %d", a), fmt.Sprintf("MTU %d", b)
}
