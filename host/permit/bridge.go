package permit

import "moonwire/host/network"

// Configures decides about changing an interface, as making one does.
func (p *Policy) Configures(link string) error {
	if p.Free() {
		return nil
	}
	return p.opens(Configure, link, "changing interface "+link)
}

// Bridges decides about joining an interface of n to a lab, whose hosts then hear what it hears. check decides about each
// frame that is to leave the lab by it; nil: all may.
func (p *Policy) Bridges(n network.Network, link string) (check func(frame []byte) error, err error) {
	if p.Free() {
		return nil, nil
	}
	if err := p.opens(Raw, link, "joining a lab to "+link); err != nil {
		return nil, err
	}
	if err := p.opens(Sniff, link, "joining a lab to "+link); err != nil {
		return nil, err
	}
	p.find(n)
	f := p.Frames(link, func() []network.Interface {
		list, _ := n.Interfaces()
		return list
	})
	if f.open {
		return nil, nil
	}
	return f.Check, nil
}
