//go:build interop

package dhcptest

import (
	"encoding/json"
	"os/exec"
	"testing"
	"time"

	"moonwire/host/network/nettest"
)

// A Wire is a capture in progress, to be judged by tshark.
type Wire struct {
	tcpdump *Process
	file    string
}

// Capture writes down what passes an interface of a node; filter is tcpdump's ("": DHCP, ARP and ICMP of both families).
func Capture(t *testing.T, n *nettest.Node, iface, filter string) *Wire {
	t.Helper()
	if filter == "" {
		filter = "arp or icmp or icmp6 or udp port 67 or udp port 68 or udp port 546 or udp port 547"
	}
	w := &Wire{file: place(t) + "/wire.pcap"}
	// Root stays root, packets are written one by one, and none waits in the kernel's block.
	w.tcpdump = Start(t, n, nil, "tcpdump", "-i", iface, "-Z", "root", "--immediate-mode", "-U", "-n", "-s", "0", "-w", w.file, filter)
	w.tcpdump.Expect(t, "listening on")
	return w
}

// A Packet is what tshark makes of one packet: values by the names of its display filters.
type Packet map[string][]string

// Get is the first value of a field, or "".
func (p Packet) Get(field string) string {
	if v := p[field]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// File ends the capture and returns the name of its file.
func (w *Wire) File(t *testing.T) string {
	t.Helper()
	w.end(t)
	return w.file
}

// Packets ends the capture and returns those of its packets that pass a display filter ("": all).
func (w *Wire) Packets(t *testing.T, display string) []Packet {
	t.Helper()
	w.end(t)
	args := []string{"-r", w.file, "-T", "json", "--no-duplicate-keys"}
	if display != "" {
		args = append(args, "-Y", display)
	}
	out, err := exec.Command("tshark", args...).Output()
	if err != nil {
		t.Fatalf("tshark: %v", err)
	}
	var rows []struct {
		Source struct{ Layers map[string]any } `json:"_source"`
	}
	must(t, json.Unmarshal(out, &rows))
	var all []Packet
	for _, r := range rows {
		p := Packet{}
		p.collect(r.Source.Layers)
		all = append(all, p)
	}
	return all
}

// Clean ends the capture and fails the test when tshark calls one of its packets malformed, or warns of one.
func (w *Wire) Clean(t *testing.T) {
	t.Helper()
	w.end(t)
	out, err := exec.Command("tshark", "-r", w.file, "-V", "-Y", "_ws.malformed or (_ws.expert.severity >= 6291456 and (dhcp or dhcpv6))").Output()
	if err != nil {
		t.Fatalf("tshark: %v", err)
	}
	if len(out) > 0 {
		t.Errorf("tshark complains of:\n%s", out)
	}
}

// end stops tcpdump once what was sent has been written.
func (w *Wire) end(t *testing.T) {
	t.Helper()
	select {
	case <-w.tcpdump.Done():
		return
	default:
	}
	time.Sleep(300 * time.Millisecond)
	w.tcpdump.Interrupt(t)
}

// collect gathers the values of a tree of fields.
func (p Packet) collect(tree map[string]any) {
	for name, value := range tree {
		p.add(name, value)
	}
}

func (p Packet) add(name string, value any) {
	switch v := value.(type) {
	case string:
		p[name] = append(p[name], v)
	case []any:
		for _, one := range v {
			p.add(name, one)
		}
	case map[string]any:
		p.collect(v)
	}
}
