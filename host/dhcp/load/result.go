package load

import (
	"time"

	"moonwire/host/network"
)

// counts are what a load counts.
type counts struct {
	exchange                               [kinds]exchangeCount
	lag                                    delays // by how much exchanges began late
	late, starved, unbound                 int
	strays, others, lateAnswers, malformed int
}

type exchangeCount struct {
	sent, received, dropped, acked, naks int
	delays                               delays
}

// A Result is what a load brought so far.
type Result struct {
	Asked     float64       // exchanges a second
	Rate      float64       // leases that were given in a second
	Elapsed   time.Duration // until the last message
	Clients   int
	Begun     int // exchanges
	Leases    int // whole exchanges: discover, offer, request, ack
	Sent      int // messages
	Received  int // answers that were waited for
	Drops     int // questions without an answer in time
	DropRatio float64
	Exchanges []Exchange // kinds that occurred
	Lag       Lag

	Starved     int // exchanges that did not begin, since no client was free
	Unbound     int // exchanges for bound clients that were leases instead, since no client was bound
	Strays      int // messages to nobody here
	Others      int // further servers' offers, and those of servers that were not asked for
	LateAnswers int // after they were counted as dropped
	Malformed   int
	Lost        uint64 // frames that this machine had no memory for
	Finished    bool
}

// An Exchange is a kind of message and its answers.
type Exchange struct {
	Name                        string
	Sent, Received, Drops, Naks int
	DropRatio                   float64
	Delay                       Delay
	Answered                    bool // whether servers answer it
}

// A Lag is by how much exchanges began later than the rate said.
type Lag struct {
	Average, Max time.Duration
	Late         int // by more than 10 ms
}

// Result is what the load brought so far.
func (r *Run) Result() Result {
	res := Result{Asked: r.o.Rate, Elapsed: r.last.Sub(r.start), Clients: r.o.Clients, Begun: r.begun, Finished: r.finished,
		Starved: r.count.starved, Unbound: r.count.unbound, Strays: r.count.strays, Others: r.count.others, LateAnswers: r.count.lateAnswers,
		Malformed: r.count.malformed, Lost: lost(r.wire.conn.Stats())}
	lag := r.count.lag.delay()
	res.Lag = Lag{lag.Average, lag.Max, r.count.late}
	answered := 0
	for k := range r.count.exchange {
		c := &r.count.exchange[k]
		if c.sent == 0 {
			continue
		}
		e := Exchange{Name: kindNames[k], Sent: c.sent, Received: c.received, Drops: c.dropped, Naks: c.naks, Delay: c.delays.delay(), Answered: kind(k).answered()}
		e.DropRatio = ratio(c.dropped, c.received+c.dropped)
		res.Exchanges = append(res.Exchanges, e)
		res.Sent += c.sent
		res.Received += c.received
		res.Drops += c.dropped
		answered += c.received + c.dropped
	}
	res.Leases = r.count.exchange[request].acked
	res.DropRatio = ratio(res.Drops, answered)
	if s := res.Elapsed.Seconds(); s > 0 {
		res.Rate = float64(res.Leases) / s
	}
	return res
}

func ratio(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}

func lost(s network.LinkStats) uint64 { return s.KernelDrops + s.RingDrops }
