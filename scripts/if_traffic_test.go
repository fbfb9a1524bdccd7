package scripts_test

import (
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// TestIfTraffic reads the rates of an interface whose 32-bit counter wraps round, of an agent that starts anew, and of one
// whose 64-bit counter jumps.
func TestIfTraffic(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		uptimes []uint32
		octets  []uint64 // at each look
		jumps   []uint32 // ifCounterDiscontinuityTime; nil: the agent has 32-bit counters only
		want    []string
	}{
		"wrap":    {[]uint32{500, 600, 700, 800}, []uint64{1<<32 - 1000, 0, 1000, 3000}, nil, []string{"16.0 kbit/s  ▄▄█"}},
		"restart": {[]uint32{90000, 90100, 50, 150}, []uint64{5000, 6000, 100, 1100}, nil, []string{"8.0 kbit/s  █ █", "started anew 1 times"}},
		"jump":    {[]uint32{500, 600, 700, 800}, []uint64{1 << 40, 1<<40 + 1000, 7, 1007}, []uint32{0, 0, 650, 650}, []string{"8.0 kbit/s  █ █"}},
		"wide":    {[]uint32{500, 600, 700, 800}, []uint64{1 << 62, 1<<62 + 1000, 1<<62 + 2000, 1<<62 + 4000}, []uint32{0, 0, 0, 0}, []string{"16.0 kbit/s  ▄▄█"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var looks atomic.Int32
			at := func(list ...uint32) oid.OID { return append(oid.OID{1, 3, 6, 1, 2, 1}, list...) }
			tree := agent.NewTree(nil)
			tree.Mount(agent.Mount{Root: at(1), Source: agent.NewLive(func(*agent.Request) agent.Vars {
				i := looks.Add(1) - 1 // each look begins with sysUpTime
				return agent.Vars{{Name: at(1, 3, 0), Value: message.TimeTicks(tt.uptimes[i])}}
			})}, agent.Mount{Root: at(2), Source: agent.NewLive(func(*agent.Request) agent.Vars {
				i := looks.Load() - 1
				return agent.Vars{{Name: at(2, 2, 1, 1, 7), Value: message.Integer(7)}, {Name: at(2, 2, 1, 2, 7), Value: message.Text("port7")},
					{Name: at(2, 2, 1, 8, 7), Value: message.Integer(1)}, {Name: at(2, 2, 1, 10, 7), Value: message.Counter32(uint32(tt.octets[i]))}}
			})}, agent.Mount{Root: at(31), Source: agent.NewLive(func(*agent.Request) agent.Vars {
				if tt.jumps == nil {
					return nil
				}
				i := looks.Load() - 1
				return agent.Vars{{Name: at(31, 1, 1, 1, 6, 7), Value: message.Counter64(tt.octets[i])},
					{Name: at(31, 1, 1, 1, 19, 7), Value: message.TimeTicks(tt.jumps[i])}}
			})})
			a, err := agent.New(t.Context(), agent.Options{Addresses: []netip.Addr{netip.MustParseAddr("127.0.0.1")}, UDP: true,
				Trees: map[string]*agent.Tree{"": tree}, Communities: []agent.Community{{Name: "public", Rules: []agent.Rule{agent.ReadOnly}}}})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			got := recipe(t, "if_traffic").with(t, nil, map[string]any{"host": "127.0.0.1", "port": float64(a.Addresses()[0].Port()), "looks": float64(len(tt.uptimes) - 1),
				"interval": 0.1})
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
		})
	}
}
