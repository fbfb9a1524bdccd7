package option_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

func li(v ...packet.Value) []packet.Value { return v }

func re(v ...any) (r packet.Record) {
	for i := 0; i < len(v); i += 2 {
		r = append(r, packet.Entry{Name: v[i].(string), Value: v[i+1]})
	}
	return r
}

// values are data and what they mean, read in both directions.
var values = []struct {
	name, hex string
	value     packet.Value
}{
	{"subnet_mask", "ffffff00", "255.255.255.0"},
	{"time_offset", "ffffc7c0", int64(-14400)},
	{"time_offset", "80000000", int64(-1 << 31)},
	{"router", "0a0000010a000002", li("10.0.0.1", "10.0.0.2")},
	{"host_name", "7063", "pc"},
	{"boot_file_size", "0102", uint64(258)},
	{"ip_forwarding", "01", true},
	{"ip_forwarding", "00", false},
	{"policy_filter", "0a000000ff000000", li(re("address", "10.0.0.0", "mask", "255.0.0.0"))},
	{"path_mtu_plateau_table", "004405dc", li(uint64(68), uint64(1500))},
	{"static_route", "0a0000010a0000fe", li(re("destination", "10.0.0.1", "router", "10.0.0.254"))},
	{"vendor_specific", "010361626306017a", li(re("code", uint64(1), "data", "abc"), re("code", uint64(6), "data", "z"))},
	{"vendor_specific", "68656c6c6f", "hello"},
	{"vendor_specific", "ff", "\xff"},
	{"lease_time", "00000e10", uint64(3600)},
	{"option_overload", "03", "both"},
	{"message_type", "05", "ack"},
	{"message_type", "c8", uint64(200)},
	{"parameter_request_list", "010306e0", li("subnet_mask", "router", "domain_name_server", uint64(224))},
	{"client_identifier", "01020000000001", re("type", uint64(1), "mac", "02:00:00:00:00:01")},
	{"client_identifier", "ff0102030400030001020000000001", re("type", uint64(255), "iaid", uint64(0x01020304), "duid", "00:03:00:01:02:00:00:00:00:01")},
	{"client_identifier", "00706331", re("type", uint64(0), "id", "pc1")},
	{"user_class", "026162017a", li("ab", "z")},
	{"user_class", "69505845", "iPXE"},
	{"slp_directory_agent", "010a000001", re("mandatory", true, "addresses", li("10.0.0.1"))},
	{"slp_service_scope", "0061", re("mandatory", false, "scopes", "a")},
	{"rapid_commit", "", true},
	{"client_fqdn", "05000002706307657861" + "6d706c6500", re("flags", "SE", "rcode1", uint64(0), "rcode2", uint64(0), "name", "pc.example", "partial", false)},
	{"client_fqdn", "040000027063", re("flags", "E", "rcode1", uint64(0), "rcode2", uint64(0), "name", "pc", "partial", true)},
	{"client_fqdn", "0affff70632e6578", re("flags", "ON", "rcode1", uint64(255), "rcode2", uint64(255), "name", "pc.ex")},
	{"relay_agent_information", "0104657468300202737705040a000000", re("circuit_id", "eth0", "remote_id", "sw", "link_selection", "10.0.0.0")},
	{"relay_agent_information", "0603616263090700000009027a7a0a01800b040a0000010c020001130097020061c801ff",
		re("subscriber_id", "abc", "vendor_specific", li(re("enterprise", uint64(9), "data", "zz")), "relay_agent_flags", uint64(128),
			"server_identifier_override", "10.0.0.1", "relay_agent_identifier", "00:01", "relay_source_port", true,
			"virtual_subnet_selection", re("type", uint64(0), "information", "a"), "200", "\xff")},
	{"isns", "000100020003000000040a000001", re("functions", uint64(1), "dd_access", uint64(2), "administrative_flags", uint64(3), "security", uint64(4), "servers", li("10.0.0.1"))},
	{"bcmcs_controller_names", "01610162000163016200", li("a.b", "c.b")},
	{"authentication", "0101000000000000000005616263", re("protocol", uint64(1), "algorithm", uint64(1), "replay_method", uint64(0), "replay", packet.U64(5), "information", "abc")},
	{"client_system_architecture", "00070000", li(uint64(7), uint64(0))},
	{"client_network_interface", "01030a", re("type", uint64(1), "major", uint64(3), "minor", uint64(10))},
	{"client_machine_identifier", "0033221100554477668899aabbccddeeff", re("type", uint64(0), "uuid", "00112233-4455-6677-8899-aabbccddeeff")},
	{"geoconf_civic", "01444503024265", re("what", uint64(1), "country", "DE", "elements", li(re("type", uint64(3), "value", "Be")))},
	{"geoconf", "88690000008be5800000178000228001", re("latitude_resolution", uint64(34), "latitude", 52.5, "longitude_resolution", uint64(34), "longitude", -13.25,
		"altitude_type", uint64(1), "altitude_resolution", uint64(30), "altitude", 34.5, "version", uint64(0), "reserved", uint64(0), "datum", uint64(1))},
	{"ipv6_only_preferred", "00000708", uint64(1800)},
	{"dhcp4o6_source_address", "20010db8000000000000000000000001", "2001:db8::1"},
	{"captive_portal", "68747470733a2f2f61", "https://a"},
	{"auto_configuration", "01", true},
	{"name_service_search", "0006002c", li(uint64(6), uint64(44))},
	{"subnet_selection", "0a000000", "10.0.0.0"},
	{"domain_search", "016107657861" + "6d706c65000162c002", li("a.example", "b.example")},
	{"sip_servers", "010a000001", li("10.0.0.1")},
	{"sip_servers", "0001610000", li("a", ".")},
	{"classless_routes", "080a0a010101000a010102", li(re("destination", "10.0.0.0/8", "router", "10.1.1.1"), re("destination", "0.0.0.0/0", "router", "10.1.1.2"))},
	{"vendor_identifying_class", "000000090402616200" + "0000000a020161", li(re("enterprise", uint64(9), "classes", li("ab", "")), re("enterprise", uint64(10), "classes", li("a")))},
	{"vendor_identifying_class", "0000000903026162", li(re("enterprise", uint64(9), "classes", li("ab")))},
	{"vendor_identifying_class", "0000000903616263", li(re("enterprise", uint64(9), "data", "abc"))},
	{"relay_agent_information", "070601046162" + "5002" + "0d020004", re("radius_attributes", li(re("type", uint64(1), "value", "ab"), re("type", uint64(80), "value", "")),
		"access_technology_type", re("reserved", uint64(0), "type", uint64(4)))},
	{"vendor_identifying_information", "0000000904010261620000000a00", li(re("enterprise", uint64(9), "options", li(re("code", uint64(1), "data", "ab"))),
		re("enterprise", uint64(10), "options", li()))},
	{"lost_server", "01610000", nil},
	{"lost_server", "016100", "a"},
	{"sztp_redirect", "000968747470733a2f2f61", li("https://a")},
	{"forcerenew_nonce_capable", "01", li(uint64(1))},
	{"rdnss_selection", "010a0000010a00000201610000", re("preference", uint64(1), "primary", "10.0.0.1", "secondary", "10.0.0.2", "domains", li("a", "."))},
	{"rdnss_selection", "010a0000010a000002016100", re("preference", uint64(1), "primary", "10.0.0.1", "secondary", "10.0.0.2", "domains", li("a"))},
	{"status_code", "016e6f", re("code", "unspec_fail", "message", "no")},
	{"dhcp_state", "02", "active"},
	{"pcp_server", "040a000001080a0000020a000003", li(li("10.0.0.1"), li("10.0.0.2", "10.0.0.3"))},
	{"port_parameters", "06080001", re("offset", uint64(6), "psid_len", uint64(8), "psid", uint64(1))},
	{"encrypted_dns", "0006" + "0001" + "03016100", li(re("priority", uint64(1), "name", "a"))},
	{"encrypted_dns", "000d" + "0001" + "03016100" + "04c0000235" + "6833", li(re("priority", uint64(1), "name", "a", "addresses", li("192.0.2.53"), "parameters", "h3"))},
	{"6rd", "082020010db8000000000000000000000000c0000201", re("ipv4_mask_len", uint64(8), "prefix", "2001:db8::/32", "relays", li("192.0.2.1"))},
	{"access_domain", "0161016200", "a.b"},
	{"subnet_allocation", "00010400000118", re("flags", uint64(0), "suboptions", li(re("code", uint64(1), "data", "\x00\x00\x01\x18")))},
	{"virtual_subnet_selection", "ff", re("type", uint64(255), "information", "")},
	{"microsoft_routes", "18c0a8010a000001", li(re("destination", "192.168.1.0/24", "router", "10.0.0.1"))},
}

// text is a value with addresses as text, as Lua has it.
func text(v packet.Value) string { return packet.TextOf(v) }

func TestValues(t *testing.T) {
	for _, tt := range values {
		d := option.ByName(tt.name)
		if d == nil {
			t.Errorf("no option %s", tt.name)
			continue
		}
		data, err := hex.DecodeString(tt.hex)
		if err != nil {
			t.Fatal(tt.hex, err)
		}
		got, err := option.Decode(d.Kind, data)
		if tt.value == nil {
			if err == nil {
				t.Errorf("%s %s is read as %s", tt.name, tt.hex, text(got))
			}
			continue
		}
		if err != nil || text(got) != text(tt.value) {
			t.Errorf("%s %s is read as %s, not %s (%v)", tt.name, tt.hex, text(got), text(tt.value), err)
		}
		if b, err := option.Encode(d.Kind, tt.value); err != nil || hex.EncodeToString(b) != tt.hex {
			t.Errorf("%s: %s is written as %x, not %s (%v)", tt.name, text(tt.value), b, tt.hex, err)
		}
	}
}

// TestForms writes values in the other forms that a kind takes.
func TestForms(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value packet.Value
		hex   string
	}{
		{"subnet_mask", 24.0, "ffffff00"},
		{"subnet_mask", "/20", "fffff000"},
		{"router", "10.0.0.1", "0a000001"},
		{"lease_time", "infinite", "ffffffff"},
		{"lease_time", "3600", "00000e10"},
		{"message_type", "Force-Renew", "09"},
		{"message_type", 5.0, "05"},
		{"parameter_request_list", li("Router", "dns", 42.0, "dhcp.option.hostname"), "03062a0c"},
		{"client_identifier", "02:00:00:00:00:01", "01020000000001"},
		{"client_identifier", "pc1", "00706331"},
		{"client_identifier", re("mac", "02-00-00-00-00-01"), "01020000000001"},
		{"client_identifier", re("iaid", 1.0, "duid", "0001"), "ff000000010001"},
		{"client_fqdn", "pc.example", "050000027063076578616d706c6500"},
		{"client_fqdn", re("name", "pc", "flags", "s"), "0100007063"},
		{"client_fqdn", re("name", "pc", "partial", false), "05000002706300"},
		{"relay_agent_information", li(li("remote_id", "b"), li(1.0, "a"), li("Circuit-ID", "c")), "020162010161010163"},
		{"classless_routes", "10.0.0.0/8 via 10.1.1.1", "080a0a010101"},
		{"classless_routes", li("10.0.0.0/8,10.1.1.1", "default 10.1.1.2"), "080a0a010101000a010102"},
		{"domain_search", "a.example.", "016107657861" + "6d706c6500"},
		{"domain_search", li("example", "a.example", "example"), "076578616d706c65000161c000c000"},
		{"domain_search", li(`a\.b.c\000`), "03612e62026300" + "00"},
		{"sip_servers", "sip.example", "0003736970076578616d706c6500"},
		{"vendor_specific", li(li(1.0, "a")), "010161"},
		{"user_class", li("a"), "0161"},
		{"ip_forwarding", 1.0, "01"},
		{"vendor_identifying_information", li(re("enterprise", 9.0)), "0000000900"},
	} {
		b, err := option.Encode(option.ByName(tt.name).Kind, tt.value)
		if err != nil || hex.EncodeToString(b) != tt.hex {
			t.Errorf("%s: %s is written as %x, not %s (%v)", tt.name, text(tt.value), b, tt.hex, err)
		}
	}
}

func TestWrongValues(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value packet.Value
		want  string
	}{
		{"router", "10.0.0", `IPv4 address expected, got "10.0.0"`},
		{"router", li("10.0.0.1", "::1"), `[2]: IPv4 address expected, got "::1"`},
		{"router", li(), `a list of one value or more expected, got an empty table`},
		{"lease_time", -1.0, `integer of 0 to 4294967295 or "infinite" expected, got -1`},
		{"interface_mtu", 67.0, "integer of 68 to 65535 expected, got 67"},
		{"host_name", "", `text of one byte or more expected, got ""`},
		{"host_name", true, `text of one byte or more expected, got true`},
		{"message_type", "discovery", `number or one of "discover", "offer"`},
		{"parameter_request_list", li("routre"), `[1]: there is no option 'routre' (did you mean 'router'?)`},
		{"subnet_mask", 33.0, "mask as 255.255.255.0 or length as 24 expected, got 33"},
		{"relay_agent_information", re("circuitid2", "x"), `no field 'circuitid2' (did you mean 'circuit_id'?)`},
		{"relay_agent_information", re("link_selection", "x"), `link_selection: IPv4 address expected, got "x"`},
		{"relay_agent_information", re("circuit_id", strings.Repeat("x", 256)), "circuit_id: value of at most 255 bytes expected, got 256"},
		{"classless_routes", "10.0.0.0/8", `[1]: route as {destination="10.0.0.0/8", router="10.1.1.1"} expected, got "10.0.0.0/8"`},
		{"classless_routes", "10.0.0.1/8 10.1.1.1", `[1]: destination: IPv4 prefix without bits past its length (10.0.0.0/8) expected, got "10.0.0.1/8"`},
		{"classless_routes", "10.0.0.0/33 10.1.1.1", `[1]: destination: IPv4 prefix as 10.0.0.0/8 expected, got "10.0.0.0/33"`},
		{"domain_search", "", `[1]: domain name expected, got ""`},
		{"domain_search", "a..b", `[1]: a label of 1 to 63 bytes expected, got one of 0 in "a..b"`},
		{"domain_search", strings.Repeat("a.", 128), `[1]: domain name of at most 255 bytes expected`},
		{"client_fqdn", re("name", "a", "flags", "X"), `flags: letters of SOEN expected, got "X"`},
		{"client_machine_identifier", re("uuid", "12"), `uuid: UUID as "00112233-4455-6677-8899-aabbccddeeff" expected, got "12"`},
		{"client_network_interface", re("major", 3.0, "mionr", 1.0), `no field 'mionr' (did you mean 'minor'?)`},
		{"option_overload", 4.0, `number or one of "file", "sname", "both" expected, got 4`},
		{"geoconf", re("latitude", 91.0, "longitude", 0.0), "latitude: number of -90 to 90 expected, got 91"},
		{"geoconf", re("latitude", 1.0), "longitude: number of -180 to 180 expected, got nil"},
		{"geoconf", re("latitude", 1.0, "longitude", 1.0, "datum", 9.0), "datum: integer of 0 to 7 expected, got 9"},
		{"geoconf", re("lattitude", 1.0), "no field 'lattitude' (did you mean 'latitude'?)"},
		{"rapid_commit", false, "true expected, got false"},
		{"6rd", re("prefix", "10.0.0.0/8"), `prefix: IPv6 prefix expected, got "10.0.0.0/8"`},
	} {
		_, err := option.Encode(option.ByName(tt.name).Kind, tt.value)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %s:\n got %v\nwant %s", tt.name, text(tt.value), err, tt.want)
		}
	}
}

// TestPartly reads what can be read of data that are not what the option says.
func TestPartly(t *testing.T) {
	for _, tt := range []struct{ name, hex, value, err string }{
		{"router", "0a0000010a", `{"10.0.0.1"}`, "[2]: an IPv4 address is 4 bytes, not 1"},
		{"subnet_mask", "ffff", "nil", "an IPv4 address is 4 bytes, not 2"},
		{"subnet_mask", "ffffff0000", `"255.255.255.0"`, "1 byte left behind the value"},
		{"classless_routes", "080a0a01010121", `{{destination="10.0.0.0/8", router="10.1.1.1"}}`, "[2]: a route has no length of 33 in 1 byte"},
		{"domain_search", "016100c003", `{"a"}`, "[2]: the pointer of a domain name leads round or forward"},
		{"relay_agent_information", "0101610205", `{circuit_id="a"}`, "sub-option 2 ends after 2 bytes"},
		{"client_fqdn", "0400000561", `{flags="E", rcode1=0, rcode2=0, name="\x05a"}`, "a domain name is too long or cut off"},
		{"ip_forwarding", "02", "nil", "a boolean is 0 or 1, not 2"},
		{"interface_mtu", "0001", "1", "1 is not in 68 to 65535"},
		{"host_name", "", `""`, "text of one byte or more is empty"},
		{"host_name", "0000", `""`, "text of one byte or more is empty"},
		{"user_class", "", `""`, "text of one byte or more is empty"},
		{"mos_address", "00ff", "nil", "a list of one or more is empty"},
		{"relay_agent_information", "010161010162020163", `{circuit_id="a", remote_id="c"}`, "circuit_id: it comes more than once, the first one counts"},
		{"classless_routes", "042300000001100a000a000001", `{{destination="35.0.0.0/4", router="0.0.0.1"}, {destination="10.0.0.0/16", router="10.0.0.1"}}`, "[1]: 35.0.0.0/4 has bits past its length"},
		{"geoconf", "8ad20000008be5800000178000228001", `{latitude_resolution=34, latitude=-151, longitude_resolution=34, longitude=-13.25, altitude_type=1, ` +
			`altitude_resolution=30, altitude=34.5, version=0, reserved=0, datum=1}`, "latitude: -151 is not in -90 to 90"},
	} {
		data, _ := hex.DecodeString(tt.hex)
		v, err := option.Decode(option.ByName(tt.name).Kind, data)
		if err == nil || err.Error() != tt.err || text(v) != tt.value {
			t.Errorf("%s %s: %s, %v", tt.name, tt.hex, text(v), err)
		}
	}
}

func TestNames(t *testing.T) {
	seen := map[string]uint8{}
	for _, d := range option.All() {
		for _, name := range append([]string{d.Name}, d.Aliases...) {
			if code, ok := seen[option.Plain(name)]; ok {
				t.Errorf("%q names options %d and %d", name, code, d.Code)
			}
			seen[option.Plain(name)] = d.Code
		}
	}
	for name, code := range map[string]uint8{"Domain Name Server": 6, "dhcp-lease-time": 51, "dhcp.option.router": 3, "param_req_list": 55, "6RD": 212} {
		if d := option.ByName(name); d == nil || d.Code != code {
			t.Errorf("%s is %v", name, d)
		}
	}
	if near := option.Nearest("subnetmsk"); near != "subnet_mask" {
		t.Errorf("near subnetmsk is %s", near)
	}
}

// FuzzValues reads any data as any option: what is read without an error and can be written is read again, and then written as
// the same bytes.
func FuzzValues(f *testing.F) {
	for _, tt := range values {
		data, _ := hex.DecodeString(tt.hex)
		f.Add(option.ByName(tt.name).Code, data)
	}
	f.Fuzz(func(t *testing.T, code uint8, data []byte) {
		kind := option.KindOf(code)
		v, err := option.Decode(kind, data)
		if err != nil {
			return
		}
		again, err := option.Encode(kind, v)
		if err != nil {
			return
		}
		w, err := option.Decode(kind, again)
		if err != nil {
			t.Fatalf("option %d, %x: %s is written as %x: %v", code, data, text(v), again, err)
		}
		if third, err := option.Encode(kind, w); err != nil || !bytes.Equal(third, again) {
			t.Fatalf("option %d, %x: %s is written as %x, then as %x (%v)", code, data, text(v), again, third, err)
		}
	})
}
