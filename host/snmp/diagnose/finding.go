package diagnose

import (
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/usm"
)

// Steps of a diagnosis, in their order.
const (
	Reach     = "reach"     // does anybody answer
	Community = "community" // of versions 1 and 2c
	Engine    = "engine"    // what discovery tells
	User      = "user"      // does the engine know the name
	Auth      = "auth"      // digest and its password
	Priv      = "priv"      // cipher and its password
	Access    = "access"    // what the user may see
)

// A Finding is what one step found.
type Finding struct {
	Step   string
	Right  bool   // nothing is wrong here
	Text   string // what was found
	Remedy string // what would cure it; "" when nothing is wrong, or nothing is known
}

// A Report is what a diagnosis found.
type Report struct {
	Findings []Finding
	Engine   *manager.Engine // nil when discovery was not answered

	// User is one whom the agent answers: the one that was asked about, or what differs from it is the remedy. Nil when
	// there is none.
	User *usm.User
}

// Right says whether nothing is wrong.
func (r *Report) Right() bool {
	for _, f := range r.Findings {
		if !f.Right {
			return false
		}
	}
	return true
}

// right adds what is as it should be.
func (r *Report) right(step, text string) {
	r.Findings = append(r.Findings, Finding{Step: step, Right: true, Text: text})
}

// wrong adds what is not.
func (r *Report) wrong(step, text, remedy string) {
	r.Findings = append(r.Findings, Finding{Step: step, Text: text, Remedy: remedy})
}
