package filter

import (
	"unicode/utf8"

	"moonwire/host/filter/internal/flow"
)

// Options say what a filter is made for.
type Options struct {
	// LinkType is what frames begin with, by the numbers of capture files: 1 Ethernet, 101 IP, 113 and 276 Linux
	// cooked, 0 and 108 loopback, 105 and 127 802.11, 9 PPP ...
	LinkType uint32
	// Snap is how many bytes of a matching frame are accepted; 0 stands for 262144.
	Snap int
	// Live makes a program for a packet socket of Linux, whose frames come without their outermost VLAN tag: the
	// kernel shows it beside them. Such a program reads what only the kernel has.
	Live bool
	// Netmask is the mask of the interface's IPv4 network, which "ip broadcast" needs; 0 knows only the broadcast
	// addresses 0.0.0.0 and 255.255.255.255.
	Netmask uint32
	// BigEndian says that loopback frames come from a machine whose words begin with their most significant byte.
	BigEndian bool
	// Names looks up hosts and other names.
	Names Names
}

const defaultSnap = 262144

// maxInstructions is the longest program that Linux takes (BPF_MAXINSNS).
const maxInstructions = 4096

// Compile makes a program of an expression in tcpdump's filter language (pcap-filter(7)). An empty expression accepts
// every packet. Errors are of type *Error.
func Compile(expression string, o Options) (p Program, err error) {
	defer func() {
		if f, ok := recover().(failure); ok {
			err = failed(expression, f)
		}
	}()
	if o.Snap <= 0 {
		o.Snap = defaultSnap
	}
	g := newGenerator(o)
	reader := &parser{lexer: lexer{text: expression}, gen: g}
	c := reader.parse()
	g.at = 0
	return assemble(g, c), nil
}

// failed makes the error. What isn't a failure of the expression isn't recovered.
func failed(expression string, f failure) *Error {
	at := min(f.at, len(expression))
	return &Error{Expression: expression, Column: utf8.RuneCountInString(expression[:at]) + 1, Reason: f.reason}
}

// assemble makes the program of a condition.
func assemble(g *generator, c *cond) Program {
	root := flow.Lower(g.whole(c), uint32(g.options.Snap))
	if !g.verbatim {
		root = optimise(g, root)
	}
	if g.options.Live {
		flow.Initialise(root)
	}
	code := flow.Assemble(root)
	if len(code) > maxInstructions {
		g.fail("the program has %d instructions, and Linux takes at most %d", len(code), maxInstructions)
	}
	return Program{&compiled{code, prepare(code)}}
}

// optimise shortens the program, which shows when no packet can match.
func optimise(g *generator, root *flow.Block) *flow.Block {
	root, err := flow.Optimise(root)
	if err != nil {
		g.fail("%v", err)
	}
	if root.Refuses() {
		g.fail("no packet can match this expression")
	}
	return root
}
