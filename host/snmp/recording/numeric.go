package recording

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
)

// functions are those that a numeric variation may run time through.
var functions = map[string]func(x ...float64) float64{
	"sin": one(math.Sin), "cos": one(math.Cos), "tan": one(math.Tan), "asin": one(math.Asin), "acos": one(math.Acos), "atan": one(math.Atan),
	"sinh": one(math.Sinh), "cosh": one(math.Cosh), "tanh": one(math.Tanh), "exp": one(math.Exp), "log": one(math.Log), "log10": one(math.Log10),
	"sqrt": one(math.Sqrt), "ceil": one(math.Ceil), "floor": one(math.Floor), "fabs": one(math.Abs),
	"degrees": one(func(x float64) float64 { return x * 180 / math.Pi }), "radians": one(func(x float64) float64 { return x * math.Pi / 180 }),
	"pow": two(math.Pow), "fmod": two(math.Mod), "atan2": two(math.Atan2), "hypot": two(math.Hypot),
}

func one(f func(float64) float64) func(...float64) float64 {
	return func(x ...float64) float64 {
		if len(x) != 1 {
			return math.NaN()
		}
		return f(x[0])
	}
}

func two(f func(a, b float64) float64) func(...float64) float64 {
	return func(x ...float64) float64 {
		if len(x) != 2 {
			return math.NaN()
		}
		return f(x[0], x[1])
	}
}

// function is what time is run through: a name, and arguments among which <time> is the time.
func (v *Variation) function() (func(t float64) float64, error) {
	text, ok := v.settings["function"]
	if !ok {
		return func(t float64) float64 { return t }, nil
	}
	parts := split(text, "%")
	f := functions[parts[0]]
	if f == nil {
		return nil, fmt.Errorf("%w: numeric has no function '%s'", ErrVariation, parts[0])
	}
	arguments := make([]float64, len(parts)-1)
	for i, part := range parts[1:] {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil && part != "<time>" {
			return nil, fmt.Errorf("numeric: an argument of %s is no number: %.60q", parts[0], part)
		}
		arguments[i] = n
	}
	return func(t float64) float64 {
		if len(parts) == 1 {
			return f(t)
		}
		x := make([]float64, len(arguments))
		for i, n := range arguments {
			if x[i] = n; parts[i+1] == "<time>" {
				x[i] = t
			}
		}
		return f(x...)
	}, nil
}

// A numeric variation is a number that goes with time.
type numeric struct {
	*Variation
	clock    network.Clock
	chance   *rand.Rand
	begun    time.Time
	through  func(float64) float64
	min, max float64

	mu   sync.Mutex
	last float64 // of a cumulative one
	at   time.Time
}

func newNumeric(v *Variation, clock network.Clock, chance *rand.Rand) *numeric {
	n := &numeric{Variation: v, clock: clock, chance: chance, begun: clock.Now()}
	n.through, _ = v.function()
	top := float64(math.MaxUint32)
	if v.typ == message.TypeCounter64 {
		top = math.MaxUint64
	}
	n.min, n.max = v.settings.float("min", 0), v.settings.float("max", top)
	n.last, n.at = v.settings.float("initial", n.min), n.begun
	return n
}

func (n *numeric) get(*agent.Request) (message.Value, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	s, now := n.settings, n.clock.Now()
	_, cumulative := s["cumulative"]
	t := now.Sub(n.begun).Seconds()
	if _, absolute := s["atime"]; absolute {
		t = float64(now.UnixNano()) / 1e9
	}
	rate := s.float("rate", 1)
	v := n.through(t*rate) * s.float("scale", 1)
	switch offset := s.float("offset", 0); {
	case cumulative:
		v += offset * now.Sub(n.at).Seconds() * rate
	default:
		v += offset
	}
	if d := int(s.float("deviation", 0)); d > 0 {
		v += float64(n.chance.IntN(2*d) - d)
	}
	if cumulative {
		v = max(v, 0)
	}
	v = n.within(v + n.last)
	if cumulative {
		n.last, n.at = v, now
	}
	return n.number(v)
}

// within holds a number between its bounds.
func (n *numeric) within(v float64) float64 {
	_, wraps := n.settings["wrap"]
	switch {
	case v < n.min:
		return n.min
	case v > n.max && wraps:
		return math.Mod(v, n.max) + n.min
	case v > n.max:
		return n.max
	}
	return v
}

// number makes a value of one.
func (n *numeric) number(v float64) (message.Value, error) {
	switch {
	case math.IsNaN(v):
		return message.Value{}, agent.Refuse(message.GenErr)
	case n.typ == message.TypeInteger:
		return message.Integer(int64(min(max(v, math.MinInt32), math.MaxInt32))), nil
	case n.typ == message.TypeCounter64 && v >= math.MaxUint64:
		return message.Counter64(math.MaxUint64), nil
	case n.typ == message.TypeCounter64:
		return message.Counter64(uint64(max(v, 0))), nil
	case n.typ == message.TypeOctetString:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		return message.Text(text), nil
	}
	return message.Number(n.typ, uint64(min(max(v, 0), math.MaxUint32))), nil
}
