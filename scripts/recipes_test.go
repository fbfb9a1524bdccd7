package scripts_test

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/network"
	"moonwire/host/network/resolver/dnstest"
	"moonwire/host/permit"
	"moonwire/host/script"
)

// recipe finds a recipe that ships.
func recipe(t *testing.T, name string) shippedScript {
	t.Helper()
	for _, s := range shipped(t) {
		if s.file == "recipes/"+name+".lua" {
			return s
		}
	}
	t.Fatalf("no recipe %s", name)
	return shippedScript{}
}

// with runs the script with some arguments, the others at their defaults.
func (s shippedScript) with(t *testing.T, n network.Network, args map[string]any) string {
	t.Helper()
	all := s.header.Defaults()
	for name, value := range args {
		all[name] = value
	}
	return s.run(t, host.Options{Network: n}, all)
}

// showsWith compares what the script prints with these arguments with what its header says.
func (s shippedScript) showsWith(t *testing.T, n network.Network, args map[string]any) {
	t.Helper()
	got := script.Masked(strings.TrimRight(s.with(t, n, args), "\n"))
	if want := script.Masked(s.header.Shows); got != want {
		t.Errorf("%s\nprinted:\n%s", difference(got, want), got)
	}
}

// TestRecipeHeaders holds the headers of recipes to what lists and help need.
func TestRecipeHeaders(t *testing.T) {
	for _, s := range shipped(t) {
		if !strings.HasPrefix(s.file, "recipes/") {
			continue
		}
		h := s.header
		for what, missing := range map[string]bool{"title": h.Title == "", "about": h.About == "", "shows": h.Shows == "", "see": len(h.See) == 0,
			"categories": len(h.Categories) == 0, "author": h.Author == "", "version": h.Version == ""} {
			if missing {
				t.Errorf("%s: no %s in the header", s.file, what)
			}
		}
		for _, a := range h.Args {
			if a.Doc == "" {
				t.Errorf("%s: argument %s is not explained", s.file, a.Name)
			}
		}
	}
}

// TestPcapSummary reads a capture that tcpdump wrote; tshark counts the same.
func TestPcapSummary(t *testing.T) {
	s := recipe(t, "pcap_summary")
	s.showsWith(t, nil, map[string]any{"file": "testdata/fragments.pcap"})
	if got := s.with(t, nil, map[string]any{"file": "testdata/fragments.pcap", "filter": "ip[6:2] & 0x1fff = 0"}); !strings.HasPrefix(got, "pcap, 2 packets,") {
		t.Error(got)
	}
}

// TestDHCPFingerprint reads what busybox, dhclient with and without Debian's settings, and dhcpcd sent; tshark reads the same codes.
func TestDHCPFingerprint(t *testing.T) {
	recipe(t, "dhcp_fingerprint").showsWith(t, nil, map[string]any{"file": "testdata/dhcp_clients.pcap"})
}

// TestDNSLookup asks a name server that truncates what doesn't fit.
func TestDNSLookup(t *testing.T) {
	server := dnstest.Serve(t, "127.0.0.1:0", dnstest.Zone{
		"www.example.com.":        {A: []string{"192.0.2.1", "192.0.2.2"}},
		"many.example.com.":       {A: dnstest.Range("192.0.2.", 40)},
		"1.2.0.192.in-addr.arpa.": {PTR: []string{"www.example.com."}},
		"no.example.com.":         {TXT: true},
	})
	s := recipe(t, "dns_lookup")
	look := func(name string) string {
		return s.with(t, nil, map[string]any{"name": name, "server": server.String()})
	}
	s.showsWith(t, nil, map[string]any{"server": server.String()})
	if got := look("many.example.com"); !strings.Contains(got, "once more by TCP") || strings.Count(got, " s  192.0.2.") != 40 {
		t.Error(got)
	}
	if got := look("192.0.2.1"); !strings.Contains(got, "www.example.com.") {
		t.Error(got)
	}
}

// TestWithoutOneGrant takes one grant after the other from scripts: each is needed, and the refusal names what is missing.
func TestWithoutOneGrant(t *testing.T) {
	server := dnstest.Serve(t, "127.0.0.1:0", dnstest.Zone{"many.example.com.": {A: dnstest.Range("192.0.2.", 40)}})
	for name, args := range map[string]map[string]any{
		"tutorial/01_tcp_echo":     nil,
		"tutorial/04_framing":      nil,
		"recipes/pcap_summary":     {"file": "testdata/fragments.pcap"},
		"recipes/dhcp_fingerprint": {"file": "testdata/dhcp_clients.pcap"},
		"recipes/dns_lookup":       {"name": "many.example.com", "server": server.String()},
	} {
		for _, s := range shipped(t) {
			if s.name() != name {
				continue
			}
			all := s.header.Defaults()
			maps.Copy(all, args)
			grants := s.exactly(t, host.Options{}, all).Allow
			for i, taken := range grants {
				if taken.Kind == permit.Sniff { // of another way to use the script
					continue
				}
				t.Run(name+"/"+taken.String(), func(t *testing.T) {
					var out bytes.Buffer
					may := &permit.Policy{Allow: slices.Delete(slices.Clone(grants), i, i+1)}
					err := host.New(host.Options{Stdout: &out, Stderr: &out, Permissions: may}).
						Run(context.Background(), host.Script{Name: s.file, Source: s.source, Args: all})
					said := out.String()
					if err != nil {
						said += err.Error()
					}
					if err == nil || !strings.Contains(said, "is not allowed") || !strings.Contains(said, "--allow-"+string(taken.Kind)) {
						t.Errorf("%v\n%s", err, said)
					}
				})
			}
		}
	}
}
