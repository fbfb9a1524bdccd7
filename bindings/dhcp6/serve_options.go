package dhcp6

import (
	"net"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// settings are what clients are told, of a server, a subnet, a class or a reservation.
type settings struct {
	Options   *lua.LTable    `lua:"options?" doc:"options by name or code; false: not this one, though something more general has it"`
	DNS       lua.LValue     `lua:"dns?" doc:"address of the name server, or a list"`
	Search    lua.LValue     `lua:"domain_search?" doc:"domain to search names in, or a list"`
	LeaseTime *time.Duration `lua:"lease_time?" doc:"valid lifetime in seconds; math.huge: for ever (default 3600)"`
	Preferred *time.Duration `lua:"preferred_lifetime?" doc:"in seconds; else 5/8 of lease_time"`
	Renewal   *time.Duration `lua:"renewal_time?" doc:"T1 in seconds; else half the preferred lifetime"`
	Rebinding *time.Duration `lua:"rebinding_time?" doc:"T2 in seconds; else 4/5 of the preferred lifetime"`
}

// serverOptions are dhcp6.server's.
type serverOptions struct {
	Iface    string       `lua:"iface?" doc:"interface to serve; else the one that the script was told, or that has an address in the pool's network"`
	Subnet   netip.Prefix `lua:"subnet?" doc:"network of the clients; else the interface's"`
	Pool     lua.LValue   `lua:"pool?" doc:"addresses to give away: FIRST-LAST, ADDRESS or ADDRESS/BITS, or a list"`
	Delegate lua.LValue   `lua:"delegate?" doc:"prefixes to give away: ADDRESS/BITS, of which clients get prefixes of 64 bits, {prefix=, length=}, or a list"`
	Subnets  []subnetSpec `lua:"subnets?" doc:"networks, where there are several: those behind relay agents"`
	settings
	Classes      []classSpec       `lua:"classes?" doc:"clients that are told something else; the first that fits wins"`
	Reservations []reservationSpec `lua:"reservations?" doc:"addresses and prefixes of certain clients"`
	Faults       lua.LValue        `lua:"faults?" doc:"what goes wrong on purpose, or a list of such: silence, no_binding, wrong_xid, wrong_client, wrong_server, outside, truncated and delayed are probabilities from 0 to 1; duid= or mac= say whom it meets"`

	DUID        string         `lua:"duid?" doc:"of the server, in hexadecimal; else one made of the interface's MAC address"`
	Preference  *uint8         `lua:"preference?" doc:"told in advertisements; 255: clients need not wait for others"`
	RapidCommit bool           `lua:"rapid_commit?" doc:"lease in two messages to clients that offer it"`
	Reconfigure bool           `lua:"reconfigure?" doc:"give clients that take it a key, so that they can be told to renew"`
	Unicast     netip.Addr     `lua:"unicast?" doc:"own address that clients may send to; else they may not"`
	OfferTime   *time.Duration `lua:"offer_time?" doc:"that an advertised lease is held, in seconds (default 30)"`
	DeclineTime *time.Duration `lua:"decline_time?" doc:"that an address which is in use is left alone, in seconds (default 86400)"`
	LeaseFile   string         `lua:"lease_file?" doc:"where leases outlive the server; else they end with it"`
	Sync        bool           `lua:"sync?" doc:"wait for the disk before each reply: leases outlive a crash of the machine"`

	OnSolicit *lua.LFunction `lua:"on_solicit?" doc:"called as f(message, peer) for each solicit. It returns nil for the server's own answer, false for none, a message to send instead, or a table that changes the answer: delay, status, options, address, prefix"`
	OnRequest *lua.LFunction `lua:"on_request?" doc:"likewise for requests"`
	OnConfirm *lua.LFunction `lua:"on_confirm?" doc:"likewise for confirms"`
	OnRenew   *lua.LFunction `lua:"on_renew?" doc:"likewise for renews"`
	OnRebind  *lua.LFunction `lua:"on_rebind?" doc:"likewise for rebinds"`
	OnRelease *lua.LFunction `lua:"on_release?" doc:"likewise for releases; a message or false: the leases stay as they are"`
	OnDecline *lua.LFunction `lua:"on_decline?" doc:"likewise for declines"`
	OnInform  *lua.LFunction `lua:"on_information_request?" doc:"likewise for information requests"`
	OnMessage *lua.LFunction `lua:"on_message?" doc:"likewise for all that have no handler of their own"`
}

// subnetSpec is one network.
type subnetSpec struct {
	Subnet      netip.Prefix `lua:"subnet" doc:"its prefix"`
	Pool        lua.LValue   `lua:"pool?" doc:"addresses to give away, as the server's; none: reservations only"`
	Delegate    lua.LValue   `lua:"delegate?" doc:"prefixes to give away, likewise"`
	InterfaceID string       `lua:"interface_id?" doc:"a relay agent's name for the link, where it tells no address of it"`
	settings
}

// classSpec is a class of clients. All that is given must fit.
type classSpec struct {
	Name        string         `lua:"name?" doc:"for peer.classes"`
	VendorClass string         `lua:"vendor_class?" doc:"one of the texts of option 16, as a pattern with * and ?"`
	UserClass   string         `lua:"user_class?" doc:"one of option 15, likewise"`
	DUID        string         `lua:"duid?" doc:"client identifier in hexadecimal with colons, likewise, or its beginning"`
	MAC         string         `lua:"mac?" doc:"hardware address, likewise, or its beginning"`
	InterfaceID string         `lua:"interface_id?" doc:"of the relay agent, likewise"`
	RemoteID    string         `lua:"remote_id?" doc:"of the relay agent, without the enterprise number, likewise"`
	HostName    string         `lua:"host_name?" doc:"what the client calls itself (option 39), likewise"`
	Match       *lua.LFunction `lua:"match?" doc:"called as f(message, peer); true: it fits"`
	Pool        lua.LValue     `lua:"pool?" doc:"the only addresses for these clients; else the subnet's"`
	settings
}

// reservationSpec is what one client gets.
type reservationSpec struct {
	DUID    string           `lua:"duid?" doc:"by its DUID, in hexadecimal"`
	MAC     net.HardwareAddr `lua:"mac?" doc:"by its hardware address: the relay agent's word (RFC 6939), that in its link-local address, or in its DUID"`
	Address lua.LValue       `lua:"address?" doc:"the address, or a list: the first for its first IA_NA, and so on; none: the settings alone"`
	Prefix  lua.LValue       `lua:"prefix?" doc:"the delegated prefix, or a list"`
	settings
}

// faultSpec is what goes wrong on purpose.
type faultSpec struct {
	DUID        string         `lua:"duid?" doc:"whom it meets: DUID as a pattern with * and ?, or its beginning"`
	MAC         string         `lua:"mac?" doc:"likewise: hardware address"`
	Match       *lua.LFunction `lua:"match?" doc:"likewise: called as f(message, peer)"`
	Silence     float64        `lua:"silence?" range:"0..1" doc:"no answer"`
	NoBinding   float64        `lua:"no_binding?" range:"0..1" doc:"a refusal of every lease"`
	WrongXID    float64        `lua:"wrong_xid?" range:"0..1" doc:"another transaction identifier"`
	WrongClient float64        `lua:"wrong_client?" range:"0..1" doc:"another client identifier"`
	WrongServer float64        `lua:"wrong_server?" range:"0..1" doc:"another server identifier"`
	Outside     float64        `lua:"outside?" range:"0..1" doc:"an address that isn't of the link"`
	Truncated   float64        `lua:"truncated?" range:"0..1" doc:"a message that ends in the midst of its options"`
	Delay       time.Duration  `lua:"delay?" doc:"seconds until the answer"`
	Delayed     *float64       `lua:"delayed?" range:"0..1" doc:"how many are delayed (default all, when delay is given)"`
}
