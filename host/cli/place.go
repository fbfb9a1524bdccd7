package cli

import (
	"slices"
	"strings"
	"time"

	"moonwire/host"
	"moonwire/host/internal/hook"
	labcapture "moonwire/host/lab/capture"
	"moonwire/host/lab/share"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/permit"
	"moonwire/host/script"
)

// A place is where a script runs.
type place struct {
	world network.Network
	where string         // as the first line says it
	lab   host.Lab       // instead, if it has a name
	clock *simtime.Clock // of simulated time; nil: time is real

	policy *permit.Policy   // what the script may do
	frames *labcapture.File // that the frames of all labs go to; nil: none

	offered *share.Offer // the lab's links, to Wireshark; nil: not
}

// offer lets Wireshark see the links of the lab. That it can't is no reason not to run.
func (p *place) offer(l hook.Lab) { p.offered, _ = share.New(l, p.lab.Name) }

// simulated says whether time is; that of a recorded run isn't, though it has a clock of its own.
func (p *place) simulated() bool { return p.clock != nil && !p.clock.Paced() }

// close ends what the place was made of.
func (p *place) close() {
	if p.offered != nil {
		p.offered.Close()
	}
	p.world.Close()
	if p.clock != nil {
		p.clock.Close()
	}
}

// tutorial is the category of scripts that run in their own lab unless told otherwise.
const tutorial = "tutorial"

// place decides where a script with these arguments runs, and what it may do there. The prompt is a source without a header.
func (o *options) place(src source, values script.Values) (*place, error) {
	h := src.header
	p := &place{lab: host.Lab{Name: o.lab, On: o.host, Capture: o.capture}}
	if o.lab != "" && (o.here || o.netns != "") {
		return p, usagef("flag '--lab' excludes '--here' and '--netns'")
	}
	lab, on := ownLab(h)
	if o.lab == "" && !o.here && o.netns == "" && o.iface == "" && h != nil && slices.Contains(h.Categories, tutorial) {
		p.lab.Name = lab
	}
	if p.lab.On == "" && p.lab.Name == lab {
		p.lab.On = on
	}
	if p.lab.Name == "" && o.host != "" {
		return p, usagef("flag '--on' needs '--lab'")
	}
	virtual := o.virtual || h != nil && h.Simulated && o.lab == "" && p.lab.Name != ""
	var err error
	if p.world, p.where, err = o.world(p.lab.Name == ""); err != nil {
		return p, err
	}
	if p.policy, err = o.policy(src, values, p); err == nil && virtual {
		p.clock = simtime.New(time.Time{})
	}
	return p, err
}

// ownLab is the lab of a header, and the host there.
func ownLab(h *script.Header) (lab, host string) {
	if h == nil {
		return "", ""
	}
	lab, host, _ = strings.Cut(h.Lab, " on ")
	return strings.TrimSpace(lab), strings.TrimSpace(host)
}

// world is the real network, and how the first line says so.
func (o *options) world(real bool) (network.Network, string, error) {
	n, where, err := network.Kernel(), "on this machine", error(nil)
	if o.netns != "" {
		n, err = network.Namespace(o.netns)
		where = "in namespace " + o.netns
	}
	if err == nil && o.iface != "" && real {
		err = hasInterface(n, o.iface)
		where += ", interface " + o.iface
	}
	return n, where, err
}
