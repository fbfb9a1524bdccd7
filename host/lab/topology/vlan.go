package topology

import (
	"fmt"
	"maps"
	"slices"
)

// mostCarried bounds what trunks carry, in VLANs times links.
const mostCarried = 1 << 20

// setVLANs configures the ports of switches, and gives hosts and routers an interface for each VLAN of a trunk.
func (b *builder) setVLANs() error {
	vlans, err := resolve(b.plan, "vlan", b.spec.VLAN)
	if err != nil {
		return err
	}
	for n := range vlans.nodes {
		if n.Kind == Switch {
			return fault("switch "+n.Name, "a switch has many VLANs: say those of a link or a port (\"%s.p1\")", n.Name)
		}
	}
	all, err := b.allVLANs()
	if err != nil {
		return err
	}
	for _, l := range b.plan.Links {
		for i := range l.Ends {
			if err := b.setVLAN(l, &l.Ends[i], vlans, all); err != nil {
				return err
			}
		}
	}
	return nil
}

// setVLAN configures one end of a link.
func (b *builder) setVLAN(l *Link, e *End, vlans said[VLAN], all []int) error {
	far := l.other(e.Node)
	v, ok := vlans.of(l, e)
	if !ok && e.Node.Kind == Switch {
		v, ok = vlans.nodes[far.Node]
	}
	if e.port != nil {
		e.port.carry(v, ok, far.Node.Kind == Switch, all)
		return nil
	}
	tags := v.Trunk
	if v.All {
		tags = all
	}
	if ok && v.ID != 0 && far.Node.Kind != Switch {
		return fault("link "+l.Name, "VLAN %d needs a switch at an end: a list, {%d}, is for frames with a tag", v.ID, v.ID)
	}
	e.Node.tag(e.card, tags, v.Native)
	return nil
}

// carry configures a port by what was said of it, if anything.
func (p *Port) carry(v VLAN, said, uplink bool, all []int) {
	switch {
	case !said && uplink && len(all) > 1:
		v = VLAN{All: true}
	case v.ID == 0 && v.Trunk == nil && !v.All:
		v.ID = max(v.Native, 1)
	}
	if v.ID != 0 {
		p.VLAN = v.ID
		return
	}
	p.VLAN, p.Trunk = v.Native, v.Trunk
	if v.All {
		p.Trunk = all
	}
	if p.VLAN == 0 && uplink {
		p.VLAN = 1
	}
	p.Trunk = slices.Compact(slices.Sorted(slices.Values(p.Trunk)))
	p.Trunk = slices.DeleteFunc(p.Trunk, func(id int) bool { return id == p.VLAN })
}

// tag gives the card an interface for each VLAN with tags, behind it.
func (n *Node) tag(card *Interface, vlans []int, native int) {
	if len(vlans) == 0 {
		return
	}
	card.idle = native == 0
	for _, id := range slices.Compact(slices.Sorted(slices.Values(vlans))) {
		if id != native {
			card.tagged = append(card.tagged, &Interface{Name: fmt.Sprintf("%s.%d", card.Name, id), Link: card.Link, VLAN: id, Parent: card.Name})
		}
	}
	n.Interfaces = slices.Insert(n.Interfaces, slices.Index(n.Interfaces, card)+1, card.tagged...)
}

// allVLANs are those that the Spec mentions, and 1.
func (b *builder) allVLANs() ([]int, error) {
	all := map[int]bool{1: true}
	for _, where := range slices.Sorted(maps.Keys(b.spec.VLAN)) {
		v := b.spec.VLAN[where]
		ids := append([]int{v.ID, v.Native}, v.Trunk...)
		for k, id := range ids {
			if id == 0 && k < 2 {
				continue
			}
			if id < 1 || id > 4094 {
				return nil, fault("VLAN of "+where, "%d is no VLAN: they go from 1 to 4094 (IEEE 802.1Q)", id)
			}
			all[id] = true
		}
		if v.ID != 0 && (v.Trunk != nil || v.All || v.Native != 0) {
			return nil, fault("VLAN of "+where, "it is one VLAN (an access port) or a trunk, not both")
		}
	}
	if len(b.plan.Links)*len(all) > mostCarried {
		return nil, fault("the lab", "%d VLANs on %d links are too many", len(all), len(b.plan.Links))
	}
	return slices.Sorted(maps.Keys(all)), nil
}
