package layers_test

import "testing"

// sflowCases are datagrams of sFlow. Scapy 2.5 has none.
func sflowCases() []wireCase {
	udp := l("udp", "sport", 1024, "dport", 6343)
	// The head of a packet: Ethernet, its length, four bytes cut off, and the bytes.
	head := "\x00\x00\x00\x01\x00\x00\x00\x40\x00\x00\x00\x04\x00\x00\x00\x0e" + "\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01\x08\x06\x00\x00"
	flow := re("format", "flow", "sequence", 9, "source", 3, "rate", 512, "pool", 1024, "input", 3, "output", 4, "records", li(re("format", 1, "data", head)))
	return []wireCase{
		{name: "sflow flow", stack: over4(udp, l("sflow", "agent", "10.0.0.9", "sub_agent_id", 1, "sequence", 7, "uptime", 1000, "samples", li(flow))),
			shown: map[string]string{"sflow_245.sampletype": "1", "sflow_245.flow_record_format": "1", "sflow_245.header_protocol": "1", "eth.src": "02:00:00:00:00:01,02:00:00:00:00:01"}, silent: []string{"eth.dst", "eth.type"}},
		{name: "sflow other", stack: over4(udp, l("sflow", "address_type", 2, "agent", "fd00::9", "samples", li(re("enterprise", 9, "format", 1, "data", "abcd"))))},
	}
}

// TestSflowBombs reads datagrams whose counts and lengths promise gigabytes.
func TestSflowBombs(t *testing.T) {
	head := "\x00\x00\x00\x05\x00\x00\x00\x01\x0a\x00\x00\x01" + "\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01"
	for _, wire := range []string{
		head + "\xff\xff\xff\xff",
		head + "\x00\x00\x00\x01" + "\x00\x00\x00\x01\xff\xff\xff\xff" + "\x00\x00\x00\x01",
		head + "\x00\x00\x00\x01" + "\x00\x00\x10\x01\xff\xff\xff\xf8",
	} {
		if p := readAs(t, "sflow", wire); p.Layer(0).Protocol().Name != "raw" {
			t.Errorf("%x is read", wire)
		}
	}
}
