package pcap

// peekBlock is the type of the next block; false when there is none.
func (r *Reader) peekBlock() (typ uint32, ok bool) {
	if !r.in.need(8) {
		return 0, false
	}
	return r.u32(r.in.at(4)), true
}

// readBlock reads one block, and keeps what it says unless it is a packet. Its memory is the reader's.
func (r *Reader) readBlock() (Block, error) {
	if !r.in.need(minBlock) {
		return Block{}, r.end("a block")
	}
	b := r.in.at(minBlock)
	typ := r.u32(b)
	if typ == blockSection {
		return Block{}, r.readSection()
	}
	raw, err := r.wholeBlock()
	if err != nil {
		return Block{}, err
	}
	block := Block{Type: typ, Raw: raw, Big: r.big}
	if isPacket(typ) {
		return block, nil
	}
	block.Raw = append([]byte(nil), raw...)
	if err := r.learn(block); err != nil {
		return Block{}, err
	}
	r.kept = append(r.kept, block)
	return block, nil
}

// wholeBlock takes the next block.
func (r *Reader) wholeBlock() ([]byte, error) {
	n := r.u32(r.in.at(8)[4:])
	if n < minBlock || n > maxBlock || n%4 != 0 {
		return nil, r.damaged("the block behind packet %d claims to have %d bytes", r.packets, n)
	}
	if !r.in.need(int(n)) {
		if isPacket(r.u32(r.in.at(4))) {
			return nil, r.short(r.upcoming())
		}
		return nil, r.short("a block")
	}
	raw := r.in.at(int(n))
	if again := r.u32(raw[n-4:]); again != n {
		return nil, r.damaged("the block behind packet %d has %d bytes at its start and %d at its end", r.packets, n, again)
	}
	r.took(int(n))
	return raw, nil
}

// readSection reads a section header, which settles the byte order.
func (r *Reader) readSection() error {
	if !r.in.need(minBlock) {
		return r.short("a section header")
	}
	switch b := r.in.at(minBlock)[8:]; {
	case orderOf(false).Uint32(b) == byteOrderMagic:
		r.big = false
	case orderOf(true).Uint32(b) == byteOrderMagic:
		r.big = true
	default:
		return r.damaged("a section header has no byte order: % x", b)
	}
	raw, err := r.wholeBlock()
	if err != nil {
		return err
	}
	if len(raw) < minBlock+16 {
		return r.damaged("a section header of %d bytes", len(raw))
	}
	if major := orderOf(r.big).Uint16(raw[12:]); major != 1 {
		return r.damaged("pcapng version %d.%d is none that is known", major, orderOf(r.big).Uint16(raw[14:]))
	}
	if len(r.kept) > 0 {
		r.section++
	}
	r.first = len(r.interfaces)
	r.kept = append(r.kept, Block{Type: blockSection, Raw: append([]byte(nil), raw...), Big: r.big})
	return nil
}

// learn takes what a block says of interfaces.
func (r *Reader) learn(b Block) error {
	body := b.Body()
	switch b.Type {
	case blockInterface:
		if len(body) < 8 {
			return r.damaged("an interface description of %d bytes", len(body))
		}
		i := interfaceOf(body, r.big)
		i.Section = r.section
		r.interfaces = append(r.interfaces, i)
	case blockStatistics:
		if len(body) < 12 {
			return r.damaged("interface statistics of %d bytes", len(body))
		}
		i, err := r.local(r.u32(body))
		if err != nil {
			return err
		}
		r.interfaces[i].Statistics = statisticsOf(body, r.big, r.interfaces[i].clock)
	}
	return nil
}

// local is the index of this section's interface n.
func (r *Reader) local(n uint32) (int, error) {
	if int64(n) >= int64(len(r.interfaces)-r.first) {
		return 0, r.damaged("packet or statistics of interface %d, which no block describes", n)
	}
	return r.first + int(n), nil
}

func (r *Reader) nextNG(p *Packet) error {
	for {
		b, err := r.readBlock()
		if err != nil {
			return err
		}
		if b.Raw == nil || !isPacket(b.Type) {
			continue
		}
		r.last = b.Raw
		switch b.Type {
		case blockPacket:
			err = r.enhanced(p, b.Raw[8:len(b.Raw)-4])
		case blockSimple:
			err = r.simple(p, b.Raw[8:len(b.Raw)-4])
		default:
			err = r.obsolete(p, b.Raw[8:len(b.Raw)-4])
		}
		if err == nil {
			r.packets++
		}
		return err
	}
}

// enhanced reads an enhanced packet block.
func (r *Reader) enhanced(p *Packet, body []byte) error {
	if len(body) < 20 {
		return r.damaged("%s is a block of %d bytes", r.upcoming(), len(body))
	}
	return r.packet(p, body, r.u32(body))
}

// obsolete reads a packet block: its interface and drop count have 16 bits each.
func (r *Reader) obsolete(p *Packet, body []byte) error {
	if len(body) < 20 {
		return r.damaged("%s is a block of %d bytes", r.upcoming(), len(body))
	}
	order := orderOf(r.big)
	err := r.packet(p, body, uint32(order.Uint16(body)))
	if drops := order.Uint16(body[2:]); err == nil && drops != 0xffff && drops != 0 {
		options := Options{append([]byte(nil), p.Options.raw...), r.big}.ended()
		options.AddDrops(uint64(drops))
		p.Options = options
	}
	return err
}

// packet reads what enhanced and obsolete packet blocks share.
func (r *Reader) packet(p *Packet, body []byte, iface uint32) error {
	i, err := r.local(iface)
	if err != nil {
		return err
	}
	captured := r.u32(body[12:])
	if int64(captured) > int64(len(body)-20) {
		return r.damaged("%s claims %d bytes in a block of %d", r.upcoming(), captured, len(body))
	}
	sec, nsec := r.interfaces[i].clock.split(uint64(r.u32(body[4:]))<<32 | uint64(r.u32(body[8:])))
	end := 20 + int(captured)
	*p = Packet{Data: body[20:end:end], Len: int(r.u32(body[16:])), Sec: sec, Nsec: nsec, Interface: i}
	if rest := 20 + padded(int(captured)); rest < len(body) {
		p.Options = Options{body[rest:], r.big}
	}
	return nil
}

// simple reads a simple packet block, which belongs to the first interface and has no time.
func (r *Reader) simple(p *Packet, body []byte) error {
	if len(body) < 4 {
		return r.damaged("%s is a block of %d bytes", r.upcoming(), len(body))
	}
	i, err := r.local(0)
	if err != nil {
		return err
	}
	length := int(r.u32(body))
	captured := min(length, len(body)-4)
	if snap := r.interfaces[i].Snap; snap > 0 {
		captured = min(captured, snap)
	}
	*p = Packet{Data: body[4 : 4+captured : 4+captured], Len: length, Timeless: true, Interface: i}
	return nil
}
