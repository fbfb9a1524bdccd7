package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"moonwire/host/filter"
	"moonwire/host/lab/share"
	"moonwire/host/network"
	"moonwire/host/pcap"
	"moonwire/host/whole"
)

// An extcap is one call by Wireshark (extcap(4)): it asks for interfaces, for what there is to know of one, or for a
// capture into a named pipe.
type extcap struct {
	interfaces bool
	dlts       bool
	config     bool
	capture    bool
	install    bool
	iface      string
	fifo       string
	filter     string
	snap       int
	noPromisc  bool
}

// isExtcap tells Wireshark's calls from people's.
func isExtcap(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "--extcap-") || a == "--capture" })
}

func (e *extcap) flags() flags {
	ignored := func(string) error { return nil }
	return flags{
		{"--extcap-interfaces", "", "list the interfaces for Wireshark", on(&e.interfaces)},
		{"--extcap-version", "V", "Wireshark's version", ignored},
		{"--extcap-interface", "NAME", "the interface that a call is about", text(&e.iface)},
		{"--extcap-dlts", "", "list its link types", on(&e.dlts)},
		{"--extcap-config", "", "list its settings", on(&e.config)},
		{"--extcap-reload-option", "NAME", "nothing is reloaded", ignored},
		{"--extcap-control-in", "FILE", "nothing is controlled", ignored},
		{"--extcap-control-out", "FILE", "nothing is controlled", ignored},
		{"--extcap-capture-filter", "EXPR", "capture what it matches, or say what is wrong with it", text(&e.filter)},
		{"--capture", "", "capture", on(&e.capture)},
		{"--fifo", "FILE", "named pipe to write to", text(&e.fifo)},
		{"--snaplen", "BYTES", "bytes kept of a packet", count(&e.snap)},
		{"--no-promiscuous", "", "only what this machine would hear anyway", on(&e.noPromisc)},
		{"--extcap-install", "", "let Wireshark call moonwire", on(&e.install)},
	}
}

// runExtcap serves one call.
func runExtcap(args []string, s Streams) error {
	e := new(extcap)
	words, err := e.flags().parse(args)
	switch {
	case err != nil:
		return err
	case e.install:
		return installExtcap(words, s.Out)
	case len(words) > 0:
		return usagef("no words are expected, got '%s'", words[0])
	case e.interfaces:
		return listExtcap(s.Out)
	case e.iface == "":
		return usagef("--extcap-interface is missing")
	case e.config:
		fmt.Fprint(s.Out, extcapConfig)
		return nil
	}
	c, from, err := e.source()
	linkType := from.linkType
	switch {
	case err != nil:
		return err
	case e.dlts:
		fmt.Fprintf(s.Out, "dlt {number=%d}{name=%s}{display=%s}\n", linkType, pcap.LinkTypeName(linkType), pcap.LinkTypeTitle(linkType))
		return nil
	case !e.capture:
		if _, err := c.compile(linkType, filter.Options{Live: true}); err != nil {
			fmt.Fprintln(s.Out, err)
		}
		return nil
	case e.fifo == "":
		return usagef("--fifo is missing")
	}
	return e.run(c, from)
}

const extcapConfig = `arg {number=0}{call=--snaplen}{display=Snapshot length}{tooltip=Bytes kept of each packet; 0 for all}{type=unsigned}{default=0}
arg {number=1}{call=--no-promiscuous}{display=Only this machine's packets}{tooltip=Don't switch the interface to promiscuous mode}{type=boolflag}{default=false}
`

// A source is an interface somewhere, as Wireshark lists it.
type extcapSource struct {
	value    string // moonwire-IFACE, or moonwire-IFACE@NAMESPACE
	display  string
	iface    string
	netns    string
	link     *share.Link // of a lab, instead of an interface
	linkType int
}

// extcapPrefix tells our interfaces from Wireshark's own.
const extcapPrefix = "moonwire-"

// extcapSources are all that moonwire can capture on: this machine's interfaces, those in named network namespaces, and
// the links of labs that run.
func extcapSources() []extcapSource {
	list := sourcesIn(network.Kernel(), "")
	for _, name := range namespaceNames() {
		if n, err := network.Namespace(name); err == nil {
			list = append(list, sourcesIn(n, name)...)
			n.Close()
		}
	}
	for _, l := range share.Find() {
		list = append(list, extcapSource{value: extcapPrefix + l.Lab + "/" + l.Name, display: "moonwire: " + l.Title(), link: &l, linkType: pcap.Ethernet})
	}
	return list
}

// namespaceNames are the network namespaces that ip-netns(8) knows.
func namespaceNames() (names []string) {
	entries, _ := os.ReadDir("/run/netns")
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func sourcesIn(n network.Network, netns string) (list []extcapSource) {
	interfaces, _ := n.Interfaces()
	for _, i := range interfaces {
		linkType, ok := pcap.LinkTypeNamed(i.LinkType)
		if !ok {
			continue
		}
		s := extcapSource{value: extcapPrefix + i.Name, display: "moonwire: " + i.Name, iface: i.Name, netns: netns, linkType: linkType}
		if netns != "" {
			s.value += "@" + netns
			s.display += " in " + netns
		}
		list = append(list, s)
	}
	return list
}

// listExtcap answers which interfaces there are.
func listExtcap(out io.Writer) error {
	fmt.Fprintf(out, "extcap {version=1.0}{display=moonwire}\n")
	for _, s := range extcapSources() {
		fmt.Fprintf(out, "interface {value=%s}{display=%s}\n", s.value, s.display)
	}
	return nil
}

// source finds what Wireshark names.
func (e *extcap) source() (*capture, extcapSource, error) {
	for _, s := range extcapSources() {
		if s.value == e.iface {
			c := newCapture()
			c.ifaces, c.netns, c.expression, c.snap, c.noPromisc = []string{s.iface}, s.netns, e.filter, e.snap, e.noPromisc
			return c, s, nil
		}
	}
	return nil, extcapSource{}, fmt.Errorf("no interface %s", e.iface)
}

// run captures into Wireshark's pipe until that is closed or Wireshark says so by a signal. Wireshark takes each word on
// the standard error output, and each exit code but 0, for a failure.
func (e *extcap) run(c *capture, from extcapSource) error {
	c.write, c.format = e.fifo, pcap.PcapNG.String()
	pipe, err := os.OpenFile(e.fifo, os.O_WRONLY, 0) // Wireshark waits for that, and for its end when the capture fails
	if err != nil {
		return err
	}
	defer pipe.Close()
	quiet := Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}
	if from.link != nil {
		err = c.ofLab(*from.link, quiet)
	} else {
		err = c.live(quiet)
	}
	var code exit
	if errors.Is(err, syscall.EPIPE) || errors.As(err, &code) {
		return nil
	}
	return err
}

// ofLab captures on a link of a lab that runs in another process.
func (c *capture) ofLab(l share.Link, s Streams) error {
	stream, err := l.Open()
	if err != nil {
		return err
	}
	defer stream.Close()
	c.ifaces, c.read, c.unbuffered = nil, standardStream, true
	s.In = stream
	return c.fromFile(s)
}

// installExtcap writes a program into Wireshark's folder that calls this one.
func installExtcap(words []string, out io.Writer) error {
	if len(words) > 1 {
		return usagef("--extcap-install takes one folder")
	}
	dir, err := extcapFolder()
	if len(words) == 1 {
		dir, err = words[0], nil
	}
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	name, script := "moonwire", "#!/bin/sh\nexec "+quoted(self)+" capture \"$@\"\n"
	if runtime.GOOS == "windows" {
		name, script = "moonwire.bat", "@echo off\r\n\""+self+"\" capture %*\r\n"
	}
	name = filepath.Join(dir, name)
	if err := whole.WriteAs(name, []byte(script), 0o755); err != nil {
		return err
	}
	fmt.Fprintf(out, "wrote %s: tshark -D and Wireshark list moonwire's interfaces\n", name)
	return nil
}

// quoted is a word as a shell reads it.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// extcapFolder is where Wireshark looks for such programs: the user's own folder, which old versions don't have.
func extcapFolder() (string, error) {
	text, err := exec.Command("tshark", "-G", "folders").Output()
	if err != nil {
		home, err := os.UserHomeDir()
		return filepath.Join(home, ".local", "lib", "wireshark", "extcap"), err
	}
	for _, title := range []string{"Personal Extcap path:", "Extcap path:"} {
		for line := range strings.Lines(string(text)) {
			if dir, ok := strings.CutPrefix(line, title); ok {
				return strings.TrimSpace(dir), nil
			}
		}
	}
	return "", errors.New("tshark -G folders names no folder for extcap: name one")
}
