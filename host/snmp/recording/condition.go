package recording

import (
	"bytes"
	"cmp"
	"errors"

	"moonwire/host/snmp/message"
)

// A condition has a consequence for values, or times, that are equal to, less than or greater than another.
type condition struct {
	order       string // eq, lt, gt
	than        message.Value
	consequence string
}

// conditions reads a list: eq:0:100:gt:5:1000. What is equal comes first, then what is less.
func (v *Variation) conditions(name string) (list []condition, err error) {
	text, ok := v.settings[name]
	if !ok {
		return nil, nil
	}
	t := v.typ
	if name == "tlist" {
		t = message.TypeCounter64 // seconds since 1970
	}
	parts := split(text, ":")
	if len(parts)%3 != 0 {
		return nil, errors.New("eq, lt or gt, a value and a consequence expected")
	}
	for _, order := range []string{"eq", "lt", "gt"} {
		for i := 0; i < len(parts); i += 3 {
			if parts[i] != order {
				continue
			}
			than, err := plain(t, parts[i+1])
			if err != nil {
				return nil, err
			}
			list = append(list, condition{order, than, parts[i+2]})
		}
	}
	if len(list) != len(parts)/3 {
		return nil, errors.New("eq, lt or gt expected")
	}
	return list, nil
}

// consequence is that of the first condition that holds; false when none does.
func consequence(list []condition, v message.Value) (string, bool) {
	for _, c := range list {
		if v.Type != c.than.Type {
			continue
		}
		order := compare(v, c.than)
		if c.order == "eq" && order == 0 || c.order == "lt" && order < 0 || c.order == "gt" && order > 0 {
			return c.consequence, true
		}
	}
	return "", false
}

func compare(a, b message.Value) int {
	switch a.Type {
	case message.TypeInteger:
		return cmp.Compare(a.Int(), b.Int())
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks, message.TypeCounter64:
		return cmp.Compare(a.Uint(), b.Uint())
	}
	return bytes.Compare(a.Bytes(), b.Bytes())
}
