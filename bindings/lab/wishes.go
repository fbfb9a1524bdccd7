package lab

import (
	"net/netip"

	lua "github.com/yuin/gopher-lua"
)

// wishes are what lab{} takes beside lines of text, after plain has brought every entry to its longest form.
type wishes struct {
	Nodes     map[string]nodeWish       `lua:"nodes?" doc:"more of nodes, by name; a text is the kind"`
	Links     []linkWish                `lua:"links?" doc:"links beside those of the lines: {\"R1\", \"R2\", name=\"uplink\"}"`
	Addresses map[string][]netip.Prefix `lua:"addresses?" doc:"addresses with prefix lengths, by node (its first interface) or interface (h1.eth1): one, a list, or false for none"`
	Networks  map[string][]netip.Prefix `lua:"networks?" doc:"the prefix of a link, of what a switch joins, or of a VLAN (by its number): one, or a list of both families"`
	MTU       map[string]int            `lua:"mtu?" doc:"bytes, 68 to 65535: one number for all, or by link, node or interface. Below 1280 there is no IPv6"`
	VLAN      map[string]vlanWish       `lua:"vlan?" doc:"by host, router, link, or port (sw1.p2): a number is an access port, a list is a trunk, \"all\" a trunk of all; {trunk={10, 20}, native=1} says which VLAN has no tags"`
	Mirror    map[string][]string       `lua:"mirror?" doc:"ports that show what others carry, by node, link or port: \"all\", or a list of whose"`
	Routes    map[string]routes         `lua:"routes?" doc:"static routes of nodes: R1={[\"10.0.9.0/24\"]=\"R2\", default=\"10.0.1.1\"}; false: routers find no ways of their own"`
	IPv4      *bool                     `lua:"ipv4?" doc:"false leaves IPv4 out"`
	IPv6      *bool                     `lua:"ipv6?" doc:"false leaves IPv6 out"`
	Loop      bool                      `lua:"loop?" doc:"switches may be joined in a ring"`
	Seed      int64                     `lua:"seed?" doc:"what chance follows; else the script's, or the clock"`

	Impair map[string]faults     `lua:"impair?" doc:"what is wrong with links, by link: as link:impair takes it"`
	Loss   map[string]float64    `lua:"loss?" range:"0..1" doc:"chance that a frame is lost, for all links or by link"`
	Delay  map[string]float64    `lua:"delay?" doc:"seconds that a frame takes, for all links or by link"`
	Jitter map[string]float64    `lua:"jitter?" doc:"seconds by which that changes at most, for all links or by link"`
	Rate   map[string]lua.LValue `lua:"rate?" doc:"bits a second (\"10Mbps\"), for all links or by link"`
}

// nodeWish says more of a node.
type nodeWish struct {
	Kind      string                    `lua:"kind?" choices:"host|router|switch" doc:"what it is; else its name tells"`
	Addresses map[string][]netip.Prefix `lua:"addresses?" doc:"of its first interface, or by interface or link"`
	MAC       map[string]string         `lua:"mac?" doc:"of its first interface, or by interface or link"`
	Routes    routes                    `lua:"routes?" doc:"gateways, by prefix, address or default"`
	Names     []string                  `lua:"names?" doc:"other names that find it"`
	DNS       string                    `lua:"dns?" doc:"who knows names that aren't the lab's: node or address"`
	Services  map[string]lua.LValue     `lua:"services?" doc:"what it serves, by name: true, or options of stdlib serve; or a list of names"`
}

// routes are gateways, by destination.
type routes map[string]string

// linkWish is a link between two nodes.
type linkWish struct {
	A    string `lua:"a" doc:"one end"`
	B    string `lua:"b" doc:"the other"`
	Name string `lua:"name?" doc:"else A--B"`
}

// vlanWish is what a link carries.
type vlanWish struct {
	ID     int   `lua:"id?" doc:"VLAN of an access port"`
	Trunk  []int `lua:"trunk?" doc:"VLANs with tags"`
	All    bool  `lua:"all?" doc:"all VLANs, with tags"`
	Native int   `lua:"native?" doc:"VLAN of frames without a tag on a trunk"`
}
