package pcap

import "time"

// Codes of the options of interface statistics blocks.
const (
	isbStart    = 2
	isbEnd      = 3
	isbReceived = 4
	isbIfDrop   = 5
	isbAccepted = 6
	isbOSDrop   = 7
	isbUsed     = 8
)

// Statistics are what a capture counted on one interface; nil where it didn't.
type Statistics struct {
	Time     time.Time // of counting
	Start    time.Time // of the capture
	End      time.Time
	Received *uint64 // by the interface
	IfDrops  *uint64 // lost by the interface
	Accepted *uint64 // by the filter
	OSDrops  *uint64 // lost by the operating system
	Used     *uint64 // given to the program
	Comments []string
}

// statisticsOf reads the body of an interface statistics block.
func statisticsOf(body []byte, big bool, c clock) *Statistics {
	order := orderOf(big)
	at := func(b []byte) time.Time {
		sec, nsec := c.split(uint64(order.Uint32(b))<<32 | uint64(order.Uint32(b[4:])))
		return time.Unix(sec, int64(nsec))
	}
	s := &Statistics{Time: at(body[4:])}
	for code, v := range (Options{body[12:], big}).All() {
		if code == optComment {
			s.Comments = append(s.Comments, string(v))
		}
		if len(v) != 8 {
			continue
		}
		n := order.Uint64(v)
		switch code {
		case isbStart:
			s.Start = at(v)
		case isbEnd:
			s.End = at(v)
		case isbReceived:
			s.Received = &n
		case isbIfDrop:
			s.IfDrops = &n
		case isbAccepted:
			s.Accepted = &n
		case isbOSDrop:
			s.OSDrops = &n
		case isbUsed:
			s.Used = &n
		}
	}
	return s
}

// options are the fields of s as options.
func (s *Statistics) options(big bool, c clock) Options {
	o := Options{big: big}
	for _, text := range s.Comments {
		o.AddComment(text)
	}
	for _, t := range []struct {
		code uint16
		time time.Time
	}{{isbStart, s.Start}, {isbEnd, s.End}} {
		if ticks, ok := c.ticks(t.time.Unix(), int32(t.time.Nanosecond())); ok && !t.time.IsZero() {
			v := orderOf(big).AppendUint32(nil, uint32(ticks>>32))
			o.Add(t.code, orderOf(big).AppendUint32(v, uint32(ticks)))
		}
	}
	for _, n := range []struct {
		code  uint16
		count *uint64
	}{{isbReceived, s.Received}, {isbIfDrop, s.IfDrops}, {isbAccepted, s.Accepted}, {isbOSDrop, s.OSDrops}, {isbUsed, s.Used}} {
		if n.count != nil {
			o.addUint64(n.code, *n.count)
		}
	}
	return o
}
