package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"moonwire/host/permit"
	"moonwire/host/script"
)

// options are the host's flags: where a script runs and how much it may use.
type options struct {
	here         bool
	netns        string
	iface        string
	lab          string
	host         string // of the lab
	capture      string
	allow, deny  permit.Grants
	restrict     bool
	untrusted    bool
	path         []string
	virtual      bool
	seed         int64
	keep         string // the record of the run; "": none
	trace        bool
	profile      profiling
	timeout      time.Duration
	instructions int64
	memory       uint64
	output       uint64
	handles      int64
	isolate      bool
}

// flags are the host's flags, which stand before or after a script's name.
func (o *options) flags() flags {
	return append(flags{
		{"--here", "", "run on this machine, whatever the script's header says", on(&o.here)},
		{"--lab", "NAME", "run in a lab: its name (moonwire lab), a file, or a text such as \"h1 -- h2\"", text(&o.lab)},
		{"--on", "HOST", "run on this host of the lab; else on the one of the header, or the first", text(&o.host)},
		{"--netns", "NAME", "run in a network namespace (ip netns)", text(&o.netns)},
		{"--iface", "NAME", "the interface that the script uses", text(&o.iface)},
		{"--capture", "FILE", "write every frame into FILE: of the lab's links, or of the interfaces here", text(&o.capture)},
		{"-I", "DIR", "look for modules in DIR too; may come several times", func(v string) error {
			o.path = append(o.path, v)
			return nil
		}},
		{"--virtual-time", "", "simulate the time: sleeps and timeouts take none (moonwire help time)", on(&o.virtual)},
		{"--seed", "N", "let all chance start from N, so that a run can be repeated", o.setSeed},
		{"--record", "FILE", "keep the run and what the world answered in FILE, for moonwire replay", text(&o.keep)},
		{"--trace", "", "write each call on the network to the standard error output", on(&o.trace)},
		{"--timeout", "S", "end the script after S seconds (also 500ms, 2m)", o.setTimeout},
		{"--max-instructions", "N", "end the script after N instructions", o.setInstructions},
		{"--max-memory", "SIZE", "end the script when it uses more than SIZE (300M, 2G)", o.setMemory},
		{"--max-output", "SIZE", "end the script when it has written more than SIZE", o.setOutput},
		{"--max-handles", "N", "end the script when it has more than N sockets, links and the like open", o.setHandles},
		{"--isolate", "", "run in a process of its own, whose memory the system limits", on(&o.isolate)},
	}, append(o.profile.flags(), o.permissions()...)...)
}

// without leaves some flags out.
func (fs flags) without(names ...string) flags {
	return slices.DeleteFunc(fs, func(f flag) bool { return slices.Contains(names, f.name) })
}

// names are the flags' names without dashes, which a script's arguments can't have.
func (fs flags) names() []string {
	var names []string
	for _, f := range fs {
		names = append(names, strings.ReplaceAll(strings.TrimLeft(f.name, "-"), "-", "_"))
	}
	return names
}

func (o *options) setSeed(v string) error {
	n, err := strconv.ParseInt(v, 10, 64)
	if o.seed = n; n == 0 {
		o.seed = math.MinInt64 // to the runtime 0 means none
	}
	if err != nil {
		return fmt.Errorf("'%s' is not an integer", v)
	}
	return nil
}

func (o *options) setTimeout(v string) error {
	s, err := script.Type{Name: "seconds"}.Parse(v)
	if err != nil {
		return err
	}
	seconds := s.(float64)
	if !(seconds > 0 && seconds < math.MaxInt64/1e9) {
		return errors.New("must be more than 0 seconds")
	}
	o.timeout = time.Duration(seconds * float64(time.Second))
	return nil
}

func (o *options) setInstructions(v string) (err error) {
	o.instructions, err = countOf(v)
	return err
}

func (o *options) setHandles(v string) (err error) {
	o.handles, err = countOf(v)
	return err
}

// countOf reads a number such as 1000 or 1e6.
func countOf(v string) (int64, error) {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || !(n >= 1 && n <= 1<<53) {
		return 0, fmt.Errorf("'%s' is not a count", v)
	}
	return int64(n), nil
}

func (o *options) setMemory(v string) (err error) {
	o.memory, err = sizeOf(v)
	return err
}

func (o *options) setOutput(v string) (err error) {
	o.output, err = sizeOf(v)
	return err
}

// sizeOf reads a number of bytes with K, M or G behind it, in steps of 1024.
func sizeOf(v string) (uint64, error) {
	number, unit := strings.ToUpper(v), 1.0
	number = strings.TrimSuffix(strings.TrimSuffix(number, "B"), "I")
	for i, letter := range []string{"K", "M", "G", "T"} {
		if n, ok := strings.CutSuffix(number, letter); ok {
			number, unit = n, math.Pow(1024, float64(i+1))
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n*unit >= 1 && n*unit < 1<<53) {
		return 0, fmt.Errorf("'%s' is not a size (300M, 2G)", v)
	}
	return uint64(n * unit), nil
}
