package option_test

import (
	"bytes"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/insomniacslk/dhcp/dhcpv4"
	"github.com/insomniacslk/dhcp/iana"
	"github.com/insomniacslk/dhcp/rfc1035label"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// otherwise are codes that the library names in words of its own, or for which IANA has another use since.
var otherwise = map[uint8]bool{19: true, 20: true, 98: true, 122: true, 143: true, 156: true, 177: true, 208: true}

// TestLibraryNames finds every option that the library knows, by its code and by its name.
func TestLibraryNames(t *testing.T) {
	for c := dhcpv4.OptionPad; ; c++ {
		name, code := c.String(), c.Code()
		if !strings.HasPrefix(name, "unknown") && !otherwise[code] {
			if d := option.ByCode(code); d == nil {
				t.Errorf("option %d, %s, is unknown", code, name)
			} else if by := option.ByName(name); by != d {
				t.Errorf("%q is %v, not option %d, %s", name, by, code, d.Name)
			}
		}
		if c == dhcpv4.OptionEnd {
			return
		}
	}
}

// ianaNames are the names of IANA's list, by code.
var ianaNames = map[uint8]string{1: "Subnet Mask", 2: "Time Offset", 3: "Router", 4: "Time Server", 5: "Name Server", 6: "Domain Server",
	7: "Log Server", 8: "Quotes Server", 9: "LPR Server", 10: "Impress Server", 11: "RLP Server", 12: "Hostname", 13: "Boot File Size",
	14: "Merit Dump File", 15: "Domain Name", 16: "Swap Server", 17: "Root Path", 18: "Extension File", 19: "Forward On/Off",
	20: "SrcRte On/Off", 21: "Policy Filter", 22: "Max DG Assembly", 23: "Default IP TTL", 24: "MTU Timeout", 25: "MTU Plateau",
	26: "MTU Interface", 27: "MTU Subnet", 28: "Broadcast Address", 29: "Mask Discovery", 30: "Mask Supplier", 31: "Router Discovery",
	32: "Router Request", 33: "Static Route", 34: "Trailers", 35: "ARP Timeout", 36: "Ethernet", 37: "Default TCP TTL",
	38: "Keepalive Time", 39: "Keepalive Data", 40: "NIS Domain", 41: "NIS Servers", 42: "NTP Servers", 43: "Vendor Specific",
	44: "NETBIOS Name Srv", 45: "NETBIOS Dist Srv", 46: "NETBIOS Node Type", 47: "NETBIOS Scope", 48: "X Window Font",
	49: "X Window Manager", 50: "Address Request", 51: "Address Time", 52: "Overload", 53: "DHCP Msg Type", 54: "DHCP Server Id",
	55: "Parameter List", 56: "DHCP Message", 57: "DHCP Max Msg Size", 58: "Renewal Time", 59: "Rebinding Time", 60: "Class Id",
	61: "Client Id", 62: "NetWare/IP Domain", 63: "NetWare/IP Option", 64: "NIS-Domain-Name", 65: "NIS-Server-Addr", 66: "Server-Name",
	67: "Bootfile-Name", 68: "Home-Agent-Addrs", 69: "SMTP-Server", 70: "POP3-Server", 71: "NNTP-Server", 72: "WWW-Server",
	73: "Finger-Server", 74: "IRC-Server", 75: "StreetTalk-Server", 76: "STDA-Server", 77: "User-Class", 78: "Directory Agent",
	79: "Service Scope", 80: "Rapid Commit", 81: "Client FQDN", 82: "Relay Agent Information", 83: "iSNS", 85: "NDS Servers",
	86: "NDS Tree Name", 87: "NDS Context", 88: "BCMCS Controller Domain Name list", 89: "BCMCS Controller IPv4 address option",
	90: "Authentication", 91: "client-last-transaction-time option", 92: "associated-ip option", 93: "Client System", 94: "Client NDI",
	95: "LDAP", 97: "UUID/GUID", 98: "User-Auth", 99: "GEOCONF_CIVIC", 100: "PCode", 101: "TCode", 108: "IPv6-Only Preferred",
	109: "OPTION_DHCP4O6_S46_SADDR", 112: "Netinfo Address", 113: "Netinfo Tag", 114: "DHCP Captive-Portal", 116: "Auto-Config",
	117: "Name Service Search", 118: "Subnet Selection Option", 119: "Domain Search", 120: "SIP Servers DHCP Option",
	121: "Classless Static Route Option", 122: "CCC", 123: "GeoConf Option", 124: "V-I Vendor Class", 125: "V-I Vendor-Specific Information",
	136: "OPTION_PANA_AGENT", 137: "OPTION_V4_LOST", 138: "OPTION_CAPWAP_AC_V4", 139: "OPTION-IPv4_Address-MoS",
	140: "OPTION-IPv4_FQDN-MoS", 141: "SIP UA Configuration Service Domains", 142: "OPTION-IPv4_Address-ANDSF",
	143: "OPTION_V4_SZTP_REDIRECT", 144: "GeoLoc", 145: "FORCERENEW_NONCE_CAPABLE", 146: "RDNSS Selection", 147: "OPTION_V4_DOTS_RI",
	148: "OPTION_V4_DOTS_ADDRESS", 150: "TFTP server address", 151: "status-code", 152: "base-time", 153: "start-time-of-state",
	154: "query-start-time", 155: "query-end-time", 156: "dhcp-state", 157: "data-source", 158: "OPTION_V4_PCP_SERVER",
	159: "OPTION_V4_PORTPARAMS", 161: "OPTION_MUD_URL_V4", 162: "OPTION_V4_DNR", 175: "Etherboot", 176: "IP Telephone",
	208: "PXELINUX Magic", 209: "Configuration File", 210: "Path Prefix", 211: "Reboot Time", 212: "OPTION_6RD",
	213: "OPTION_V4_ACCESS_DOMAIN", 220: "Subnet Allocation Option", 221: "Virtual Subnet Selection (VSS) Option"}

// TestIANANames finds every option of IANA's list by its name there.
func TestIANANames(t *testing.T) {
	for code, name := range ianaNames {
		if d := option.ByName(name); d == nil || d.Code != code {
			t.Errorf("%q (%d) is %v", name, code, d)
		}
	}
}

// TestLibraryValues writes values as the library does, and reads what it has written.
func TestLibraryValues(t *testing.T) {
	a, b := net.IPv4(10, 0, 0, 1), net.IPv4(10, 0, 0, 2)
	_, wide, _ := net.ParseCIDR("10.0.0.0/8")
	for _, tt := range []struct {
		theirs dhcpv4.Option
		ours   packet.Value
	}{
		{dhcpv4.OptSubnetMask(net.CIDRMask(20, 32)), "255.255.240.0"},
		{dhcpv4.OptRouter(a, b), li("10.0.0.1", "10.0.0.2")},
		{dhcpv4.OptDNS(a), li("10.0.0.1")},
		{dhcpv4.OptNTPServers(a, b), li("10.0.0.1", "10.0.0.2")},
		{dhcpv4.OptNetBIOSNameServers(a), li("10.0.0.1")},
		{dhcpv4.OptBroadcastAddress(a), "10.0.0.1"},
		{dhcpv4.OptRequestedIPAddress(a), "10.0.0.1"},
		{dhcpv4.OptServerIdentifier(a), "10.0.0.1"},
		{dhcpv4.OptIPAddressLeaseTime(time.Hour), uint64(3600)},
		{dhcpv4.OptRenewTimeValue(time.Minute), uint64(60)},
		{dhcpv4.OptRebindingTimeValue(time.Minute), uint64(60)},
		{dhcpv4.OptIPv6OnlyPreferred(time.Minute), uint64(60)},
		{dhcpv4.OptMaxMessageSize(1500), uint64(1500)},
		{dhcpv4.OptMessageType(dhcpv4.MessageTypeRequest), "request"},
		{dhcpv4.OptParameterRequestList(dhcpv4.OptionRouter, dhcpv4.OptionDNSDomainSearchList), li("router", "domain_search")},
		{dhcpv4.OptClientArch(iana.EFI_X86_64, iana.EFI_ARM64), li(uint64(7), uint64(11))},
		{dhcpv4.OptClientIdentifier([]byte{1, 2, 0, 0, 0, 0, 1}), re("type", uint64(1), "mac", "02:00:00:00:00:01")},
		{dhcpv4.OptHostName("pc"), "pc"},
		{dhcpv4.OptDomainName("example.org"), "example.org"},
		{dhcpv4.OptRootPath("/r"), "/r"},
		{dhcpv4.OptBootFileName("x.efi"), "x.efi"},
		{dhcpv4.OptTFTPServerName("t"), "t"},
		{dhcpv4.OptClassIdentifier("udhcp"), "udhcp"},
		{dhcpv4.OptMessage("no"), "no"},
		{dhcpv4.OptUserClass("iPXE"), "iPXE"},
		{dhcpv4.OptRFC3004UserClass([]string{"a", "bc"}), li("a", "bc")},
		{dhcpv4.OptAutoConfigure(dhcpv4.AutoConfigure), true},
		{dhcpv4.OptDomainSearch(&rfc1035label.Labels{Labels: []string{"a.example"}}), li("a.example")},
		{dhcpv4.OptClasslessStaticRoute(&dhcpv4.Route{Dest: wide, Router: a}), li(re("destination", "10.0.0.0/8", "router", "10.0.0.1"))},
		{dhcpv4.OptVIVC(dhcpv4.VIVCIdentifier{EntID: 9, Data: []byte("\x02ab")}), li(re("enterprise", uint64(9), "classes", li("ab")))},
		{dhcpv4.OptRelayAgentInfo(dhcpv4.OptGeneric(dhcpv4.AgentCircuitIDSubOption, []byte("eth0")), dhcpv4.OptGeneric(dhcpv4.LinkSelectionSubOption, a.To4()),
			dhcpv4.OptGeneric(dhcpv4.ServerIdentifierOverrideSubOption, b.To4())),
			re("circuit_id", "eth0", "link_selection", "10.0.0.1", "server_identifier_override", "10.0.0.2")},
	} {
		code, data := tt.theirs.Code.Code(), tt.theirs.Value.ToBytes()
		v, err := option.Decode(option.KindOf(code), data)
		if err != nil || text(v) != text(tt.ours) {
			t.Errorf("%s, %x, is read as %s, not %s (%v)", tt.theirs.Code, data, text(v), text(tt.ours), err)
		}
		if written, err := option.Encode(option.KindOf(code), tt.ours); err != nil || !bytes.Equal(written, data) {
			t.Errorf("%s: %s is written as %x, not %x (%v)", tt.theirs.Code, text(tt.ours), written, data, err)
		}
	}
}
