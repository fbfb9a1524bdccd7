package recording

import (
	"math/rand/v2"
	"strconv"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
)

// A delay makes answers late.
type delay struct {
	*Variation
	held
	clock        network.Clock
	chance       *rand.Rand
	values, when []condition
}

func newDelay(v *Variation, clock network.Clock, chance *rand.Rand) *delay {
	d := &delay{Variation: v, clock: clock, chance: chance}
	d.start(v)
	d.values, _ = v.conditions("vlist")
	d.when, _ = v.conditions("tlist")
	return d
}

// usual and longest are milliseconds: of an answer where nothing else is said, and beyond which there is none.
const (
	usual   = 500
	longest = 99999
)

func (d *delay) get(r *agent.Request) (message.Value, error) {
	ms := d.settings.float("wait", usual)
	if text, ok := consequence(d.when, message.Counter64(uint64(d.clock.Now().Unix()))); ok {
		ms, _ = strconv.ParseFloat(text, 64)
	}
	d.wait(r, ms)
	return d.now(), nil
}

// test makes a set late. What is set isn't kept.
func (d *delay) test(r *agent.Request, v message.Value) error {
	if err := d.fits(v); err != nil {
		return err
	}
	ms := d.settings.float("wait", usual)
	if text, ok := consequence(d.values, v); ok {
		ms, _ = strconv.ParseFloat(text, 64)
	}
	d.wait(r, ms)
	return nil
}

func (d *delay) put(message.Value) message.Value { return d.now() }

func (d *delay) wait(r *agent.Request, ms float64) {
	if n := int(d.settings.float("deviation", 0)); n > 0 {
		ms += float64(d.chance.IntN(2*n) - n)
	}
	if ms > longest {
		r.Drop()
		return
	}
	r.Delay(time.Duration(max(ms, 0) * float64(time.Millisecond)))
}
