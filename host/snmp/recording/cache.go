package recording

import (
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
)

// A cache is a variable that can be set.
type cache struct {
	*Variation
	held
	values []condition
}

func newCache(v *Variation) *cache {
	c := &cache{Variation: v}
	c.start(v)
	c.values, _ = v.conditions("vlist")
	return c
}

func (c *cache) get(*agent.Request) (message.Value, error) {
	if v, ok := c.says("get"); ok {
		return v.say()
	}
	return c.now(), nil
}

func (c *cache) test(_ *agent.Request, v message.Value) error {
	if err := byValue(c.values, v); err != nil {
		return err
	}
	if err := c.fits(v); err != nil {
		return err
	}
	if says, ok := c.says("set"); ok {
		return says.refuse()
	}
	return nil
}
