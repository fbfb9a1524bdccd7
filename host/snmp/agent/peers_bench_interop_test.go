//go:build interop

package agent_test

import (
	"net"
	"sync"
	"testing"
	"time"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// rate is how many gets a second an agent answers to eight managers, each of which asks one after the other.
func rate(t *testing.T, addr, name string, d time.Duration) float64 {
	t.Helper()
	request, err := (&message.Message{Version: message.V2c, Community: []byte("public"),
		PDU: &message.PDU{Type: message.Get, Vars: message.Ask(oid.MustParse(name))}}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	var managers sync.WaitGroup
	counts := make([]int, 8)
	end := time.Now().Add(d)
	for i := range counts {
		c, err := net.Dial("udp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		managers.Go(func() {
			buffer := make([]byte, 1500)
			for time.Now().Before(end) {
				c.Write(request)
				c.SetReadDeadline(time.Now().Add(time.Second))
				if _, err := c.Read(buffer); err == nil {
					counts[i]++
				}
			}
		})
	}
	managers.Wait()
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return float64(sum) / d.Seconds()
}

// TestRateBesidePeers tells gets a second beside those of snmpd and of snmpsim in the same run.
func TestRateBesidePeers(t *testing.T) {
	const name = "1.3.6.1.2.1.1.5.0"
	a := openAgent(t, agent.Options{Trees: tree(t, variable(name, message.Text("R2")))})
	snmpd := snmptest.SnmpdOf(t, nil)
	sim := snmptest.Snmpsim(t, map[string]string{"public.snmprec": name + "|4|R2\n"})
	var here, there, simulated float64
	for range 3 {
		here = max(here, rate(t, a.Addresses()[0].String(), name, 500*time.Millisecond))
		there = max(there, rate(t, snmpd.Addr, name, 500*time.Millisecond))
		simulated = max(simulated, rate(t, sim.Addr, name, 500*time.Millisecond))
	}
	t.Logf("gets a second: %.0f here, %.0f by snmpd (%.1fx), %.0f by snmpsim (%.1fx)", here, there, here/there, simulated, here/simulated)
	if here < there || here < 10*simulated { // on a quiet machine it is more than twenty times
		t.Errorf("%.0f gets a second, snmpd has %.0f, snmpsim %.0f", here, there, simulated)
	}
}
