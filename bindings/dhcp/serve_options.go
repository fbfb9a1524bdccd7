package dhcp

import (
	"net"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// settings are what clients are told, of a server, a subnet, a class or a reservation.
type settings struct {
	Options    *lua.LTable    `lua:"options?" doc:"options by name or code; false: not this one, though something more general has it"`
	Router     lua.LValue     `lua:"router?" doc:"address of the router, or a list"`
	DNS        lua.LValue     `lua:"dns?" doc:"address of the name server, or a list"`
	Domain     string         `lua:"domain?" doc:"domain name"`
	LeaseTime  *time.Duration `lua:"lease_time?" doc:"of a lease, in seconds; math.huge: for ever (default 3600)"`
	LeastTime  *time.Duration `lua:"min_lease_time?" doc:"least that a client may ask for, in seconds; else it can't ask"`
	MostTime   *time.Duration `lua:"max_lease_time?" doc:"most that a client may ask for, in seconds; else it can't ask"`
	Renewal    *time.Duration `lua:"renewal_time?" doc:"T1 in seconds; else half the lease time, told to who asks"`
	Rebinding  *time.Duration `lua:"rebinding_time?" doc:"T2 in seconds; else 7/8 of the lease time, told to who asks"`
	NextServer netip.Addr     `lua:"next_server?" doc:"siaddr: where the boot file is"`
	ServerName string         `lua:"server_name?" doc:"sname, 64 bytes at most"`
	BootFile   string         `lua:"boot_file?" doc:"file, 128 bytes at most"`
}

// serverOptions are dhcp.server's.
type serverOptions struct {
	Iface   string       `lua:"iface?" doc:"interface to serve; else the one that the script was told, or that has an address in the pool's network"`
	Subnet  netip.Prefix `lua:"subnet?" doc:"network of the clients; else the interface's"`
	Pool    lua.LValue   `lua:"pool?" doc:"addresses to give away: FIRST-LAST, ADDRESS or ADDRESS/BITS, or a list"`
	Subnets []subnetSpec `lua:"subnets?" doc:"networks, where there are several, such as those behind relay agents: each with subnet, pool, and what its clients are told (options, router, lease_time …)"`
	settings
	Classes      []classSpec       `lua:"classes?" doc:"clients that are told something else, the first that fits first: each with vendor_class, user_class, mac, circuit_id, remote_id or host_name (patterns with * and ?) or match, a function f(message, peer); then name, pool, and what they are told"`
	Reservations []reservationSpec `lua:"reservations?" doc:"addresses of certain clients: each with mac, client_id or circuit_id, then address, and what they are told"`
	Faults       lua.LValue        `lua:"faults?" doc:"what goes wrong on purpose, or a list of such: silence, nak, wrong_xid, wrong_mac, wrong_server, outside, truncated and delayed are probabilities from 0 to 1; mac= says whom it meets"`

	ServerID      netip.Addr     `lua:"server_id?" doc:"server identifier; else the interface's address"`
	Authoritative *bool          `lua:"authoritative?" doc:"refuse clients with addresses that this server doesn't know (default true)"`
	RapidCommit   bool           `lua:"rapid_commit?" doc:"acknowledge a discover that asks for it (RFC 4039)"`
	BOOTP         bool           `lua:"bootp?" doc:"serve clients of BOOTP, for ever"`
	Conflict      lua.LValue     `lua:"conflict_check?" doc:"find out whether somebody has an address before offering it: ping (or true), or arp"`
	ConflictWait  *time.Duration `lua:"conflict_wait?" doc:"for an answer then, in seconds (default 0.5)"`
	OfferTime     *time.Duration `lua:"offer_time?" doc:"that an offer stands, in seconds (default 30)"`
	DeclineTime   *time.Duration `lua:"decline_time?" doc:"that an address which is in use is left alone, in seconds (default 86400)"`
	LeaseFile     string         `lua:"lease_file?" doc:"where leases outlive the server; else they end with it"`
	Sync          bool           `lua:"sync?" doc:"wait for the disk before each acknowledgement: leases outlive a crash of the machine"`

	OnDiscover *lua.LFunction `lua:"on_discover?" doc:"called as f(message, peer) for each discover. It returns nil for the server's own answer, false for none, a message to send instead, or a table that changes the answer: delay, nak, options, yiaddr"`
	OnRequest  *lua.LFunction `lua:"on_request?" doc:"likewise for requests"`
	OnDecline  *lua.LFunction `lua:"on_decline?" doc:"likewise for declines; false: the lease stays as it is"`
	OnRelease  *lua.LFunction `lua:"on_release?" doc:"likewise for releases"`
	OnInform   *lua.LFunction `lua:"on_inform?" doc:"likewise for informs"`
	OnMessage  *lua.LFunction `lua:"on_message?" doc:"likewise for all that have no handler of their own"`
}

// subnetSpec is one network.
type subnetSpec struct {
	Subnet netip.Prefix `lua:"subnet" doc:"its prefix"`
	Pool   lua.LValue   `lua:"pool?" doc:"addresses to give away: FIRST-LAST, ADDRESS or ADDRESS/BITS, or a list; none: reservations only"`
	settings
}

// classSpec is a class of clients. All that is given must fit.
type classSpec struct {
	Name        string         `lua:"name?" doc:"for peer.classes"`
	VendorClass string         `lua:"vendor_class?" doc:"option 60, as a pattern with * and ?"`
	UserClass   string         `lua:"user_class?" doc:"option 77, likewise"`
	MAC         string         `lua:"mac?" doc:"hardware address, likewise, or its beginning"`
	CircuitID   string         `lua:"circuit_id?" doc:"of the relay agent, likewise"`
	RemoteID    string         `lua:"remote_id?" doc:"of the relay agent, likewise"`
	HostName    string         `lua:"host_name?" doc:"what the client calls itself, likewise"`
	Match       *lua.LFunction `lua:"match?" doc:"called as f(message, peer); true: it fits"`
	Pool        lua.LValue     `lua:"pool?" doc:"the only addresses for these clients; else the subnet's"`
	settings
}

// reservationSpec is an address of one client.
type reservationSpec struct {
	MAC       net.HardwareAddr `lua:"mac?" doc:"by its hardware address"`
	ClientID  string           `lua:"client_id?" doc:"by its client identifier: the bytes, or pairs of hexadecimal digits with colons"`
	CircuitID string           `lua:"circuit_id?" doc:"by the relay agent's circuit, likewise"`
	Address   netip.Addr       `lua:"address?" doc:"the address; none: the settings alone"`
	settings
}

// faultSpec is what goes wrong on purpose.
type faultSpec struct {
	MAC         string         `lua:"mac?" doc:"whom it meets: hardware address as a pattern with * and ?, or its beginning"`
	Match       *lua.LFunction `lua:"match?" doc:"likewise: called as f(message, peer)"`
	Silence     float64        `lua:"silence?" range:"0..1" doc:"no answer"`
	NAK         float64        `lua:"nak?" range:"0..1" doc:"a refusal of a request"`
	WrongXID    float64        `lua:"wrong_xid?" range:"0..1" doc:"another transaction identifier"`
	WrongMAC    float64        `lua:"wrong_mac?" range:"0..1" doc:"another chaddr"`
	WrongServer float64        `lua:"wrong_server?" range:"0..1" doc:"another server identifier"`
	Outside     float64        `lua:"outside?" range:"0..1" doc:"an address outside of the subnet"`
	Truncated   float64        `lua:"truncated?" range:"0..1" doc:"a message that ends in the midst of its options"`
	Delay       time.Duration  `lua:"delay?" doc:"seconds until the answer"`
	Delayed     *float64       `lua:"delayed?" range:"0..1" doc:"how many are delayed (default all, when delay is given)"`
}
