package load

import "math"

// A Search looks for the highest rate at which few enough questions are dropped: it doubles the rate until too many are,
// and then halves the distance between what was served and what was not.
type Search struct {
	From, To  float64 // rates to begin and to end with
	Drops     float64 // greatest drop ratio
	Precision float64 // the search ends when the next rate is nearer than this part of it
	Tries     int     // a rate is too high only after so many failures

	Steps     []Step
	good, bad float64 // 0: none yet
	failures  int     // at the present rate
	rate      float64 // the present one
}

// A Step is one load of a search.
type Step struct {
	Rate   float64
	Served bool
	Limit  Limit // why it was not
	Result Result
}

// A Limit is what kept a rate from being served.
type Limit string

// The limits.
const (
	Server    Limit = "server"    // it dropped too many questions
	Generator Limit = "generator" // exchanges began too late, or no client was free
	Ceiling   Limit = "ceiling"   // no higher rate was asked for
)

// behindAverage is how late exchanges may begin on average: a generator that can't keep the rate falls behind without end.
const behindAverage = 50e6 // nanoseconds

// Next is the next rate to try; false when the search is over.
func (s *Search) Next() (rate float64, more bool) {
	switch {
	case s.rate == 0:
		s.rate = s.From
	case s.failures > 0 && s.failures < s.Tries: // once more
	case s.bad == 0 && s.good >= s.To:
		return 0, false
	case s.bad == 0:
		s.rate = min(2*s.good, s.To)
	case s.good == 0 && s.bad > 1:
		s.rate = s.bad / 2
	case s.good == 0 || s.bad/s.good < 1+s.Precision:
		return 0, false
	default:
		s.rate = math.Sqrt(s.good * s.bad)
	}
	return s.rate, true
}

// Note takes what a load at the present rate brought.
func (s *Search) Note(r Result) Step {
	step := Step{Rate: s.rate, Result: r}
	switch {
	case r.Starved > 0 || float64(r.Lag.Average) > behindAverage:
		step.Limit = Generator
	case r.DropRatio > s.Drops || r.Leases == 0:
		step.Limit = Server
	default:
		step.Served = true
	}
	s.Steps = append(s.Steps, step)
	if step.Served {
		s.good, s.failures = s.rate, 0
	} else if s.failures++; s.failures >= s.Tries {
		s.bad, s.failures = s.rate, 0
	}
	return step
}

// Best is the highest rate that was served, 0 when none was, and what kept the search from a higher one.
func (s *Search) Best() (rate float64, limit Limit) {
	limit = Ceiling
	for _, step := range s.Steps {
		if !step.Served && step.Rate == s.bad {
			limit = step.Limit
		}
	}
	return s.good, limit
}
