package pcap

// A Selector chooses packets by an expression, which means another program for each link type.
type Selector struct {
	compile  func(linkType int) (match func(frame []byte, length int) bool, err error)
	programs map[int]func(frame []byte, length int) bool
}

// NewSelector makes a selector that compiles where a link type first occurs.
func NewSelector(compile func(linkType int) (func(frame []byte, length int) bool, error)) *Selector {
	return &Selector{compile, map[int]func([]byte, int) bool{}}
}

// Prepare compiles for a link type.
func (s *Selector) Prepare(linkType int) error {
	if s.programs[linkType] != nil {
		return nil
	}
	match, err := s.compile(linkType)
	if err == nil {
		s.programs[linkType] = match
	}
	return err
}

// Match says whether a packet of a link type is chosen.
func (s *Selector) Match(p *Packet, linkType int) (bool, error) {
	match := s.programs[linkType]
	if match == nil {
		if err := s.Prepare(linkType); err != nil {
			return false, err
		}
		match = s.programs[linkType]
	}
	return match(p.Data, p.Len), nil
}
