package topology

import "net"

// setMACs numbers the cards: interface i of node n has 02:00:i:i:n:n, switches don't count.
func (b *builder) setMACs() error {
	taken := map[string]string{}
	number := 0
	for _, n := range b.plan.Nodes {
		if n.Kind == Switch {
			continue
		}
		number++
		wishes, err := wishesOf(b, n, "macs", b.spec.Nodes[n.Name].MACs)
		if err != nil {
			return err
		}
		card := -1
		for _, i := range n.Interfaces {
			if i.Parent != "" {
				i.MAC = n.Interface(i.Parent).MAC
				continue
			}
			card++
			i.MAC = net.HardwareAddr{2, 0, byte(card >> 8), byte(card), byte(number >> 8), byte(number)}
			if wish, ok := wishes[i]; ok {
				if i.MAC, err = readMAC(n, i, wish); err != nil {
					return err
				}
			}
			where := n.Name + "." + i.Name
			if other := taken[i.MAC.String()]; other != "" {
				return fault("interface "+where, "%s has its MAC address %s, too", other, i.MAC)
			}
			taken[i.MAC.String()] = where
		}
	}
	return nil
}

func readMAC(n *Node, i *Interface, text string) (net.HardwareAddr, error) {
	mac, err := net.ParseMAC(text)
	if err != nil || len(mac) != 6 {
		return nil, fault(named(n, i), "%q is no MAC address (02:00:00:00:00:01)", text)
	}
	if mac[0]&1 != 0 {
		return nil, fault(named(n, i), "%s is the address of a group, not of a card", mac)
	}
	return mac, nil
}
