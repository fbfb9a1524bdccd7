package recording

import (
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
)

// A failing variable refuses.
type failing struct {
	*Variation
	held
	values []condition
}

func newFailing(v *Variation) *failing {
	f := &failing{Variation: v}
	f.start(v)
	f.values, _ = v.conditions("vlist")
	return f
}

// says is the verdict on an operation; false when it has none.
func (v *Variation) says(op string) (verdict, bool) {
	if on := v.settings["op"]; on != "" && on != "any" && on != op {
		return verdict{}, false
	}
	return verdictNamed(v.settings["status"])
}

func (f *failing) get(*agent.Request) (message.Value, error) {
	if v, ok := f.says("get"); ok {
		return v.say()
	}
	return f.now(), nil
}

func (f *failing) test(_ *agent.Request, v message.Value) error {
	if err := f.fits(v); err != nil {
		return err
	}
	if f.values == nil {
		if says, ok := f.says("set"); ok {
			return says.refuse()
		}
		return nil
	}
	return byValue(f.values, v)
}

// byValue refuses what conditions say.
func byValue(list []condition, v message.Value) error {
	if word, ok := consequence(list, v); ok {
		if says, ok := verdictNamed(word); ok {
			return says.refuse()
		}
	}
	return nil
}
