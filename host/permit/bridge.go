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
	f, err := p.bridges(n, link)
	if err != nil || f == nil {
		return nil, err
	}
	return f.unlessOpen(), nil
}

// BridgesTAP is Bridges for a device that is made for the lab: what leaves by it comes to this machine, as from others. None
// of its sources are the device's own, so that only a grant with from lets any frame out.
func (p *Policy) BridgesTAP(n network.Network, name string) (check func(frame []byte) error, err error) {
	f, err := p.bridges(n, name)
	if err != nil || f == nil {
		return nil, err
	}
	f.fixed = true
	f.own.Store(&station{begins: "ethernet"})
	return f.unlessOpen(), nil
}

func (f *Frames) unlessOpen() func(frame []byte) error {
	if f.open {
		return nil
	}
	return f.Check
}

// bridges decides about the device, and makes what decides about its frames; nil where nothing is bounded.
func (p *Policy) bridges(n network.Network, link string) (*Frames, error) {
	if p.Free() {
		return nil, nil
	}
	for _, k := range []Kind{Raw, Sniff} {
		if err := p.opens(k, link, "joining a lab to "+link); err != nil {
			return nil, err
		}
	}
	p.find(n)
	return p.Frames(link, func() []network.Interface {
		list, _ := n.Interfaces()
		return list
	}), nil
}
