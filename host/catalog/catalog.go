// Package catalog is the one list of modules that scripts can require. Importing a binding registers nothing: what
// stands here exists, what does not stand here does not.
package catalog

import (
	"moonwire/bindings/addr"
	"moonwire/bindings/bit"
	"moonwire/bindings/bytes"
	"moonwire/bindings/csv"
	"moonwire/bindings/dgram"
	"moonwire/bindings/dhcp"
	"moonwire/bindings/dhcp6"
	"moonwire/bindings/json"
	"moonwire/bindings/lab"
	"moonwire/bindings/lfs"
	"moonwire/bindings/link"
	"moonwire/bindings/mac"
	"moonwire/bindings/mib"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/bindings/snmp"
	"moonwire/bindings/socket"
	"moonwire/bindings/tls"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
)

// Modules are all Go modules, in the order the reference prints them.
func Modules() []*decl.Module {
	return []*decl.Module{
		bit.Module(),
		bytes.Module(),
		u64.Module(),
		addr.Module(),
		mac.Module(),
		json.Module(),
		json.Cjson(),
		json.Safe(),
		csv.Module(),
		lfs.Module(),
		mime.Module(),
		socket.Module(),
		socket.DNSModule(),
		socket.UnixModule(),
		socket.TraceModule(),
		tls.Module(),
		dgram.Module(),
		packet.Module(),
		link.Module(),
		pcap.Module(),
		lab.Module(),
		dhcp.Module(),
		dhcp6.Module(),
		snmp.Module(),
		mib.Module(),
	}
}
