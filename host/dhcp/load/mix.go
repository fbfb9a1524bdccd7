package load

import "fmt"

// An Activity is what one exchange of the rate does.
type Activity int

// The activities.
const (
	Lease    Activity = iota // discover, offer, request, ack
	Discover                 // discover and offer only
	Renew                    // of a bound client, to its server
	Rebind                   // of a bound client, to everybody
	Reboot                   // of a bound client that has lost all but its address
	Inform                   // of a bound client, for options
	Release                  // of a bound client; unanswered
	Decline                  // of a bound client; unanswered
	activities
)

var activityNames = [activities]string{"lease", "discover", "renew", "rebind", "reboot", "inform", "release", "decline"}

func (a Activity) String() string { return activityNames[a] }

// ActivityNames are the names of all activities.
func ActivityNames() []string { return activityNames[:] }

// ParseActivity finds an activity by its name.
func ParseActivity(name string) (Activity, bool) {
	for a, n := range activityNames {
		if n == name {
			return Activity(a), true
		}
	}
	return 0, false
}

// needsLease says whether only a bound client can do it.
func (a Activity) needsLease() bool { return a > Discover }

// A Mix is each activity's share of the rate. What is missing to 1 is Lease's.
type Mix [activities]float64

func (m *Mix) check() error {
	sum := 0.0
	for a, share := range m {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("the share of %s must be from 0 to 1, not %g", Activity(a), share)
		}
		if Activity(a) != Lease {
			sum += share
		}
	}
	if sum+m[Lease] > 1.000001 {
		return fmt.Errorf("the shares of the mix add up to %g, more than 1", sum+m[Lease])
	}
	m[Lease] = 1 - sum
	return nil
}

// A picker deals out activities by their shares, as evenly as can be: who is owed most is next.
type picker struct{ share, owed Mix }

func (p *picker) next() Activity {
	best := Lease
	for a := range p.owed {
		p.owed[a] += p.share[a]
		if p.owed[a] > p.owed[best] {
			best = Activity(a)
		}
	}
	p.owed[best]--
	return best
}
