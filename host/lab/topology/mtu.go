package topology

// The bounds of an MTU.
const (
	defaultMTU = 1500
	leastMTU   = 68   // RFC 791
	leastMTU6  = 1280 // RFC 8200 section 5: below, an interface has no IPv6
	mostMTU    = 65535
)

// setMTUs gives every end, interface and port its MTU.
func (b *builder) setMTUs() error {
	mtus, err := resolve(b.plan, "mtu", b.spec.MTU)
	if err != nil {
		return err
	}
	for _, l := range b.plan.Links {
		for i := range l.Ends {
			e := &l.Ends[i]
			mtu, ok := mtus.of(l, e)
			if !ok {
				if mtu, ok = b.spec.MTU[""]; !ok {
					mtu = defaultMTU
				}
			}
			if err := checkMTU(l, mtu); err != nil {
				return err
			}
			e.setMTU(mtu)
		}
	}
	return nil
}

func checkMTU(l *Link, mtu int) error {
	switch {
	case mtu < leastMTU:
		return fault("link "+l.Name, "an MTU of %d is below %d, the least that IPv4 allows (RFC 791)", mtu, leastMTU)
	case mtu > mostMTU:
		return fault("link "+l.Name, "an MTU of %d is above %d, the longest datagram (RFC 791)", mtu, mostMTU)
	}
	return nil
}

// setMTU holds for the end, its port or its interface and the VLANs on that.
func (e *End) setMTU(mtu int) {
	e.MTU = mtu
	if e.port != nil {
		e.port.MTU = mtu
		return
	}
	e.card.MTU = mtu
	for _, i := range e.card.tagged {
		i.MTU = mtu
	}
}
