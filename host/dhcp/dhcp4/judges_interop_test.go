//go:build interop

package dhcp4_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// message is an acknowledgement with the sample's option.
func (s sample) message(t *testing.T) *dhcp4.Message {
	t.Helper()
	m := dhcp4.New(dhcp4.Ack, 1, mac)
	if err := m.SetValue(s.code(), s.value); err != nil {
		t.Fatal(err)
	}
	return m
}

func (s sample) code() uint8 { return option.ByName(s.name).Code }

// capture writes messages as a file of IP packets, one for each.
func capture(t *testing.T, messages []*dhcp4.Message) string {
	t.Helper()
	le := binary.LittleEndian
	file := le.AppendUint32(nil, 0xa1b2c3d4)
	file = append(file, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	file = le.AppendUint32(le.AppendUint32(file, 262144), 101) // raw IP
	for i, m := range messages {
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		raw := append([]byte("\x45\x00\x00\x00\x00\x00\x00\x00\x40\x11\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x02\x00\x43\x00\x44\x00\x00\x00\x00"), b...)
		binary.BigEndian.PutUint16(raw[2:], uint16(len(raw)))
		binary.BigEndian.PutUint16(raw[24:], uint16(len(raw)-20))
		file = le.AppendUint32(le.AppendUint32(file, uint32(i+1)), 0)
		file = le.AppendUint32(le.AppendUint32(file, uint32(len(raw))), uint32(len(raw)))
		file = append(file, raw...)
	}
	path := filepath.Join(t.TempDir(), "mw-msg4.pcap")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A shown is one name and value of tshark's tree; of a branch the value is in below.
type shown struct {
	name, value string
	below       []shown
}

// tree reads tshark's JSON, whose names may stand more than once.
func tree(t *testing.T, d *json.Decoder) (value string, below []shown) {
	t.Helper()
	token, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	switch token {
	case json.Delim('{'):
		for d.More() {
			name, _ := d.Token()
			v, more := tree(t, d)
			below = append(below, shown{fmt.Sprint(name), v, more})
		}
		d.Token()
	case json.Delim('['):
		for d.More() {
			v, more := tree(t, d)
			below = append(below, shown{"", v, more})
		}
		d.Token()
	default:
		value = fmt.Sprint(token)
	}
	return value, below
}

// leaves are the names and values under s that hold no others.
func (s shown) leaves() (all []shown) {
	for _, b := range s.below {
		all = append(all, b.leaves()...)
	}
	if s.below == nil {
		all = append(all, s)
	}
	return all
}

// find is all under s that have a name.
func (s shown) find(name string) (all []shown) {
	for _, b := range s.below {
		if b.name == name {
			all = append(all, b)
		}
		all = append(all, b.find(name)...)
	}
	return all
}

// tshark reads messages: the dhcp layer of each.
func tshark(t *testing.T, messages []*dhcp4.Message) []shown {
	t.Helper()
	cmd := exec.Command("tshark", "-r", capture(t, messages), "-T", "json")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("tshark (package tshark): %v\n%s", err, &complaint)
	}
	_, packets := tree(t, json.NewDecoder(bytes.NewReader(out)))
	if len(packets) != len(messages) {
		t.Fatalf("tshark read %d messages of %d", len(packets), len(messages))
	}
	return packets
}

// complaints are what tshark finds wrong, notes aside.
func (s shown) complaints() (all []string) {
	const warning = 0x600000
	for _, e := range s.find("_ws.expert") {
		var severity int
		for _, l := range e.leaves() {
			if l.name == "_ws.expert.severity" {
				fmt.Sscan(l.value, &severity)
			}
		}
		if severity >= warning {
			all = append(all, fmt.Sprint(e.leaves()))
		}
	}
	if len(s.find("_ws.malformed")) > 0 {
		all = append(all, "malformed")
	}
	return all
}

// TestTsharkReadsTheSame holds what we write of every option against tshark's reading.
func TestTsharkReadsTheSame(t *testing.T) {
	messages := make([]*dhcp4.Message, len(samples))
	for i, s := range samples {
		messages[i] = s.message(t)
	}
	unknown := 0
	for i, p := range tshark(t, messages) {
		s := samples[i]
		if all := p.complaints(); len(all) > 0 && s.fault == "" {
			t.Errorf("%s: %s", s.name, all)
		}
		values := map[string]bool{}
		for _, o := range p.find("dhcp.option.type_tree") {
			for _, l := range o.leaves() {
				if !strings.HasPrefix(l.name, "dhcp.option.type") && l.name != "dhcp.option.length" && l.name != "dhcp.option.value" {
					values[l.value] = true
				}
				if d, ok := tsharkOption(l.name); ok && (d == nil || d.Code != s.code()) && s.code() != 160 && s.code() != 249 {
					t.Errorf("%s: tshark's name %s is that of %v here", s.name, l.name, d)
				}
			}
		}
		if s.fault != "" || len(values) <= 2 { // those of type and end
			unknown++
			continue
		}
		for _, want := range s.expected() {
			if !values[want] && !values[hexText(want)] {
				t.Errorf("%s: %q is not in tshark's %v", s.name, want, values)
			}
		}
	}
	if unknown > 32 {
		t.Errorf("tshark doesn't read %d of %d options", unknown, len(samples))
	}
}

// tsharkOption is the option that a name of tshark's is an alias of; not ok for those that stand in every message, or within
// others.
func tsharkOption(name string) (d *option.Definition, ok bool) {
	name, ok = strings.CutPrefix(name, "dhcp.option.")
	name, _, _ = strings.Cut(name, ".")
	switch name {
	case "type", "length", "value", "end", "dhcp", "padding", "suboption_length", "bulk_lease", "rfc3825", "cl_dss_id":
		return nil, false
	}
	return option.ByName("dhcp.option." + name), ok
}

// hexText is bytes as tshark shows them.
func hexText(s string) string {
	return option.FormatHex([]byte(s))
}

// expected are the values that a judge shows.
func (s sample) expected() []string {
	if s.shown != nil {
		return s.shown
	}
	return flat(s.value)
}

// flat is the text of all values in v.
func flat(v packet.Value) (all []string) {
	switch v := v.(type) {
	case []packet.Value:
		for _, e := range v {
			all = append(all, flat(e)...)
		}
		return all
	case packet.Record:
		for _, e := range v {
			all = append(all, flat(e.Value)...)
		}
		return all
	case bool:
		if v {
			return []string{"1"}
		}
		return []string{"0"}
	}
	return []string{fmt.Sprint(v)}
}

// TestTsharkReadsAreas holds overload, long options and the filling against tshark.
func TestTsharkReadsAreas(t *testing.T) {
	full := dhcp4.New(dhcp4.Ack, 1, mac)
	full.SetText(option.RootPath, strings.Repeat("r", 100))
	full.SetText(option.DomainName, strings.Repeat("d", 50))
	full.SetText(option.HostName, "pc")
	if err := full.Fit(300); err != nil {
		t.Fatal(err)
	}
	long := dhcp4.New(dhcp4.Ack, 1, mac)
	long.Set(option.VendorSpecific, bytes.Repeat([]byte("\x01\x01a"), 200))
	bootp := &dhcp4.Message{Op: dhcp4.BootRequest, HType: 1, HLen: 6, Least: dhcp4.LeastSize}
	for i, p := range tshark(t, []*dhcp4.Message{full, long, bootp}) {
		if all := p.complaints(); len(all) > 0 {
			t.Errorf("%d: %s", i, all)
		}
		if i > 0 {
			continue
		}
		for name, want := range map[string]string{"dhcp.option.root_path": strings.Repeat("r", 100), "dhcp.option.domain_name": strings.Repeat("d", 50), "dhcp.option.hostname": "pc"} {
			if got := p.find(name); len(got) != 1 || got[0].value != want {
				t.Errorf("%s is %v", name, got)
			}
		}
	}
}

// otherwise are Scapy's names that mean another option in RFC 2132.
var otherwise = map[string]bool{"name_server": true, "vendor_class": true, "vendor_specific_information": true, "v4-captive-portal": true}

const scapyReader = `
import json, sys
from scapy.all import rdpcap, DHCP
from scapy.layers.dhcp import DHCPOptions
def plain(v):
    if isinstance(v, bytes): return "hex:" + v.hex()
    if isinstance(v, (list, tuple)): return [plain(e) for e in v]
    return str(v)
names = {c: (o if isinstance(o, str) else o.name) for c, o in DHCPOptions.items()}
print(json.dumps({"names": names, "messages": [[plain(o) for o in p[DHCP].options] for p in rdpcap(sys.argv[1])]}))
`

// TestScapyReadsTheSame holds what we write against Scapy's reading, and its names against ours.
func TestScapyReadsTheSame(t *testing.T) {
	messages := make([]*dhcp4.Message, len(samples))
	for i, s := range samples {
		messages[i] = s.message(t)
	}
	cmd := exec.Command("/usr/bin/python3", "-c", scapyReader, capture(t, messages))
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("Scapy (package python3-scapy): %v\n%s", err, &complaint)
	}
	var read struct {
		Names    map[string]string
		Messages [][]any
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&read); err != nil {
		t.Fatal(err)
	}
	for code, name := range read.Names {
		if otherwise[name] {
			continue
		}
		if d := option.ByName(name); d == nil || fmt.Sprint(d.Code) != code {
			t.Errorf("Scapy's %s (%s) is %v", name, code, d)
		}
	}
	for i, options := range read.Messages {
		s := samples[i]
		if s.code() == option.MessageType {
			continue
		}
		data, _ := messages[i].Get(s.code())
		entry, _ := options[1].([]any)
		if len(entry) < 1 {
			if len(data) > 0 {
				t.Errorf("%s: Scapy reads %v", s.name, options)
			}
			continue
		}
		got := []string{}
		for _, v := range entry[1:] {
			got = append(got, scapyText(v)...)
		}
		for _, want := range s.scapy() {
			if !contains(got, want, data) {
				t.Errorf("%s: %q is not in Scapy's %q", s.name, want, got)
			}
		}
	}
}

// scapy are the values that Scapy shows: codes and routes as it writes them.
func (s sample) scapy() []string {
	switch s.name {
	case "parameter_request_list":
		return s.shown
	case "classless_routes":
		return []string{"10.0.0.0/8:10.0.0.1", "0.0.0.0/0:10.0.0.2"}
	case "microsoft_routes":
		return []string{"10.0.0.0/8:10.0.0.1"}
	case "time_offset":
		return []string{"4294963696"}
	case "pxe_128":
		return []string{"10.0.0.1"}
	}
	return flat(s.value)
}

func scapyText(v any) (all []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			all = append(all, scapyText(e)...)
		}
	case string:
		if h, ok := strings.CutPrefix(v, "hex:"); ok {
			b, _ := hex.DecodeString(h)
			v = string(b)
		}
		all = append(all, v)
	}
	return all
}

// contains says whether Scapy has a value: as it is, or as the bytes of the whole option, which it doesn't read further.
func contains(got []string, want string, data []byte) bool {
	for _, g := range got {
		if g == want || g == string(data) || strings.TrimSuffix(g, ".") == want {
			return true
		}
	}
	return false
}
