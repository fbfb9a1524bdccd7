package lab

import (
	"context"
	"net"
	"reflect"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
)

// A Switch is a switch of a lab. It runs no programs.
type Switch struct {
	net  *Net
	held lua.LValue // the lab, which lives as long as its parts do
	plan *topology.Node
}

// String is the switch's name and ports.
func (s *Switch) String() string {
	var ports []string
	for _, p := range s.plan.Ports {
		ports = append(ports, p.Name+" "+p.Link.Name)
	}
	return "switch " + s.plan.Name + ": " + strings.Join(ports, ", ")
}

// wire is what forwards its frames.
func (s *Switch) wire() *wire.Switch { return s.net.Switch(s.plan.Name) }

func switchClass() *decl.Class {
	const star = "local net = lab{\"h1, h2 -- sw1\"}\n"
	return decl.Reads(&decl.Class{Name: "lab{switch}", Doc: "A switch of a lab: it forwards frames and runs no programs.", Type: reflect.TypeFor[*Switch](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Fn[switchArgs, []stationRow]{Name: "addresses", Run: stations,
				Doc:     "The MAC addresses that the switch has learned: for 300 seconds after a frame it knows by which port its sender is.",
				Example: star + "#net.sw1:addresses() --> 0"},
			decl.Fn[switchArgs, switchStats]{Name: "stats", Run: switchCounts, Doc: "What became of the frames that came to the switch.",
				Example: star + "net.sw1:stats().storms --> 0"},
		}}, switchFields)
}

// switchFields are what a switch says of itself.
var switchFields = []decl.Reading[*Switch]{
	{Param: decl.Param{Name: "name", Type: "string", Doc: "its name"},
		Get: func(_ *lua.LState, s *Switch) lua.LValue { return lua.LString(s.plan.Name) }},
	{Param: decl.Param{Name: "kind", Type: `"switch"`, Doc: "what it is"},
		Get: func(*lua.LState, *Switch) lua.LValue { return lua.LString("switch") }},
}

type switchArgs struct {
	Self *Switch `lua:"self"`
}

// stationRow is an address that a switch has learned.
type stationRow struct {
	MAC  string        `lua:"mac" doc:"the address"`
	Port string        `lua:"port" doc:"the port behind which it is: p1"`
	VLAN int           `lua:"vlan" doc:"its VLAN; 0: the switch has none"`
	Age  time.Duration `lua:"age" doc:"since its last frame, in seconds"`
}

func stations(_ context.Context, a switchArgs) (list []stationRow, err error) {
	now := a.Self.net.Clock().Now()
	for _, s := range a.Self.wire().Stations() {
		_, port := splitPort(s.Port.Name())
		list = append(list, stationRow{net.HardwareAddr(s.Addr[:]).String(), port, s.VLAN, now.Sub(s.Seen)})
	}
	return list, nil
}

// switchStats are what a switch did with frames.
type switchStats struct {
	Forwarded int64            `lua:"forwarded" doc:"frames that went to one port"`
	Flooded   int64            `lua:"flooded" doc:"frames that went to all ports"`
	Drops     map[string]int64 `lua:"drops" doc:"frames that went nowhere, by reason: VLAN not allowed, link-local group, storm …"`
	Storms    int64            `lua:"storms" doc:"times that frames went round a loop until the switch dropped them"`
}

func switchCounts(_ context.Context, a switchArgs) (switchStats, error) {
	s := a.Self.wire().Stats()
	out := switchStats{Forwarded: int64(s.Forwarded), Flooded: int64(s.Flooded), Drops: map[string]int64{}, Storms: int64(s.Storms)}
	for reason, n := range s.Drops {
		out.Drops[reason] = int64(n)
	}
	return out, nil
}
