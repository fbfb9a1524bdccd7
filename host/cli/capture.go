package cli

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"

	"moonwire/host/filter"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

var captureCommand = &Command{
	Usage: "capture [-i IFACE] [-r FILE] [-w FILE] [flags] [EXPR]",
	Short: "capture packets, or read them from a file, as tcpdump does",
	Long: `
Prints a line for each packet of an interface (-i), or of a capture file (-r, - is the standard input), that EXPR
matches; EXPR is in tcpdump's language (man pcap-filter). -w writes them to a file instead (- is the standard output):
pcap when its name ends in .pcap or .cap, else pcapng, which has the interfaces' names and the counts of lost packets,
too; .gz compresses. From pcapng to pcapng comments, names and secrets go along.

Flags of one letter may be written together, as in -nei eth0. What was captured and what was lost is always said at the
end, on the standard error output. Ctrl-C ends a capture in good order, with exit code 130; exit code 3 says that a file
was read and nothing in it matched. Capturing needs the capability cap_net_raw (moonwire doctor); reading files needs
nothing.

moonwire capture --extcap-install [DIR] makes Wireshark and tshark list moonwire's interfaces, those of named network
namespaces among them: it writes a program that calls this one into DIR, else into the folder for such programs that
tshark -G folders names.`,
	Flags: func() flags { return new(capture).flags() },
	Run: func(args []string, s Streams) error {
		if isExtcap(args) {
			return runExtcap(args, s)
		}
		c := newCapture()
		words, err := c.flags().parse(c.flags().apart(args))
		if err != nil {
			return err
		}
		c.expression = strings.Join(words, " ")
		return c.run(s)
	},
}

// A capture is what the words behind "capture" say.
type capture struct {
	ifaces     []string
	read       string // file
	write      string // file
	expression string
	exprFile   string
	netns      string
	count      int64 // of packets, 0: no limit
	snap       int
	buffer     int // bytes
	dump       int // -d: how the program is printed
	list       bool
	countOnly  bool
	direction  string // -Q
	noPromisc  bool
	unbuffered bool
	print      bool // although -w is given
	format     string
	nano       bool
	linkType   string
	style      style
	rotation   rotation
}

func newCapture() *capture { return new(capture) }

func (c *capture) run(s Streams) error {
	if err := c.check(); err != nil {
		return err
	}
	switch {
	case c.list:
		return c.listInterfaces(s.Out)
	case c.dump > 0:
		return c.dumpProgram(s.Out)
	case c.read != "":
		return c.fromFile(s)
	}
	return c.live(s)
}

// check refuses flags that make no sense together.
func (c *capture) check() error {
	switch {
	case c.read != "" && len(c.ifaces) > 0:
		return usagef("-r and -i exclude each other")
	case c.exprFile != "" && c.expression != "":
		return usagef("-F and an expression exclude each other")
	case c.countOnly && c.write != "":
		return usagef("--count and -w exclude each other")
	case c.write == "" && c.rotation.set():
		return usagef("-C, -G and -W need -w")
	}
	if c.exprFile != "" {
		b, err := os.ReadFile(c.exprFile)
		if err != nil {
			return err
		}
		c.expression = strings.TrimSpace(string(b))
	}
	if c.linkType != "" {
		if _, ok := pcap.LinkTypeNamed(c.linkType); !ok {
			return usagef("no link type '%s' is known", c.linkType)
		}
	}
	return nil
}

// world is where interfaces are.
func (c *capture) world() (network.Network, error) {
	if c.netns != "" {
		return network.Namespace(c.netns)
	}
	return network.Kernel(), nil
}

// compile compiles the expression for frames of a link type.
func (c *capture) compile(linkType int, o filter.Options) (filter.Program, error) {
	o.LinkType, o.Names = uint32(linkType), filter.Names{Host: c.lookup}
	if o.Snap == 0 {
		o.Snap = c.snap
	}
	p, err := filter.Compile(c.expression, o)
	var bad *filter.Error
	if errors.As(err, &bad) {
		return p, usageError{bad.Error()}
	}
	return p, err
}

// lookup finds a host's addresses.
func (c *capture) lookup(name string) ([]netip.Addr, error) {
	n, err := c.world()
	if err != nil {
		return nil, err
	}
	defer n.Close()
	host, err := n.LookupHost(background, name, network.AFUnspec)
	return host.Addrs, err
}

// dumpProgram prints the program of -d, -dd or -ddd.
func (c *capture) dumpProgram(out io.Writer) error {
	linkType := pcap.Ethernet
	if c.linkType != "" {
		linkType, _ = pcap.LinkTypeNamed(c.linkType)
	} else if c.read != "" {
		f, err := c.openRead(os.Stdin)
		if err != nil {
			return err
		}
		defer f.Close()
		if list := f.Interfaces(); len(list) > 0 {
			linkType = list[0].LinkType
		}
	}
	p, err := c.compile(linkType, filter.Options{})
	if err != nil {
		return err
	}
	text := p.Text
	switch c.dump {
	case 1:
	case 2:
		text = p.C
	default:
		text = p.Decimal
	}
	_, err = fmt.Fprint(out, text())
	return err
}

// listInterfaces is -D.
func (c *capture) listInterfaces(out io.Writer) error {
	n, err := c.world()
	if err != nil {
		return err
	}
	defer n.Close()
	list, err := n.Interfaces()
	if err != nil {
		return err
	}
	for i, iface := range list {
		fmt.Fprintf(out, "%d.%s [%s]\n", i+1, iface.Name, states(iface))
	}
	return nil
}
