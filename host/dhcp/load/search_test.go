package load

import (
	"math"
	"testing"
	"time"
)

// search looks for a server's rate; fail says which tries fail by accident.
func search(s *Search, serves float64, fail func(n int) bool) {
	for n := 0; ; n++ {
		rate, more := s.Next()
		if !more || n > 100 {
			return
		}
		r := Result{Leases: 100}
		if rate > serves || fail != nil && fail(n) {
			r.DropRatio = 0.2
		}
		s.Note(r)
	}
}

func TestSearch(t *testing.T) {
	for _, serves := range []float64{30, 700, 1000, 4321, 99999} {
		s := &Search{From: 500, To: 1e6, Drops: 0.025, Precision: 0.05, Tries: 1}
		search(s, serves, nil)
		if best, limit := s.Best(); best > serves || best < serves/1.06 || limit != Server {
			t.Errorf("%g: found %g, limited by %s, in %d steps", serves, best, limit, len(s.Steps))
		}
		if len(s.Steps) > 20 {
			t.Errorf("%g: %d steps", serves, len(s.Steps))
		}
	}
	s := &Search{From: 500, To: 2000, Drops: 0.025, Precision: 0.05, Tries: 2}
	search(s, math.Inf(1), func(n int) bool { return n%2 == 0 })
	if best, limit := s.Best(); best != 2000 || limit != Ceiling {
		t.Errorf("found %g, limited by %s", best, limit)
	}
	s = &Search{From: 4, To: 2000, Drops: 0.025, Precision: 0.05, Tries: 1}
	search(s, 0, nil)
	if best, _ := s.Best(); best != 0 || len(s.Steps) > 5 {
		t.Errorf("nobody answers, and found %g in %d steps", best, len(s.Steps))
	}
	s = &Search{From: 100, To: 1000, Drops: 0.025, Precision: 0.05, Tries: 1}
	s.Next()
	if step := s.Note(Result{Leases: 1, Lag: Lag{Average: time.Second}}); step.Limit != Generator {
		t.Errorf("%+v", step)
	}
}

func TestDelays(t *testing.T) {
	var s delays
	for i := 1; i <= 100000; i++ {
		s.add(time.Duration(i) * time.Microsecond)
	}
	d := s.delay()
	for what, pair := range map[string][2]time.Duration{
		"min": {d.Min, time.Microsecond}, "max": {d.Max, 100 * time.Millisecond}, "average": {d.Average, 50000500 * time.Nanosecond},
		"deviation": {d.Deviation, 28867513 * time.Nanosecond},
		"p50":       {d.P50, 50 * time.Millisecond}, "p90": {d.P90, 90 * time.Millisecond}, "p95": {d.P95, 95 * time.Millisecond},
		"p99": {d.P99, 99 * time.Millisecond}, "p999": {d.P999, 99900 * time.Microsecond},
	} {
		if got, want := pair[0].Seconds(), pair[1].Seconds(); math.Abs(got-want) > want/100 {
			t.Errorf("%s is %v, want %v", what, pair[0], pair[1])
		}
	}
	if (&delays{}).delay() != (Delay{}) {
		t.Error("no delays have figures")
	}
	for d := time.Duration(0); d < time.Hour; d = d*5/4 + 1 {
		if m := middle(class(d)); math.Abs(float64(m-d)) > float64(d)/100+1 {
			t.Errorf("%v is in the class of %v", d, m)
		}
	}
}

func TestPicker(t *testing.T) {
	m := Mix{Renew: 0.25, Release: 0.1}
	if err := m.check(); err != nil || math.Abs(m[Lease]-0.65) > 1e-9 {
		t.Fatal(m, err)
	}
	p := picker{share: m}
	var got [activities]int
	for range 1000 {
		got[p.next()]++
	}
	if got[Lease] != 650 || got[Renew] != 250 || got[Release] != 100 {
		t.Error(got)
	}
	for _, bad := range []Mix{{Renew: 1.1}, {Renew: -0.1}, {Renew: 0.6, Release: 0.6}, {Renew: math.NaN()}} {
		if bad.check() == nil {
			t.Errorf("%v passes", bad)
		}
	}
}

func TestIdentity(t *testing.T) {
	for _, clients := range []uint32{1, 2, 3, 1000, 10007, MostClients} {
		id := identity{clients: clients, turns: math.MaxUint32 / clients, factor: 0x9e3779b1, inverse: 0, mix: 0x12345678}
		id.inverse = id.factor
		for range 5 {
			id.inverse *= 2 - id.factor*id.inverse
		}
		seen := map[uint32]bool{}
		for c := uint32(0); c < clients; c += max(1, clients/100) {
			for _, turn := range []uint32{0, 1, id.turns / 2, id.turns - 1} {
				x := id.xid(int32(c), turn)
				if i, n := id.client(x); uint32(i) != c || n != turn {
					t.Fatalf("of %d clients, %d's turn %d is %d's turn %d", clients, c, turn, i, n)
				}
				seen[x] = true
			}
		}
	}
}
