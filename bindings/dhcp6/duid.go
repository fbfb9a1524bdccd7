package dhcp6

import (
	"context"
	"encoding/hex"
	"net"
	"strings"
	"time"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

const duidSource = "RFC 8415 section 11, RFC 6355"

func duidFunctions() []decl.Function {
	return []decl.Function{
		decl.Fn[duidArgs, string]{Name: "duid", Run: makeDUID, Source: duidSource,
			Doc:     "Make the identifier of a device: its text in hexadecimal, as options take it.",
			Default: duidArgs{Type: "ll", Hardware: 1},
			Example: `dhcp6.duid{mac="02:00:00:00:00:01"}, dhcp6.duid{type="en", enterprise=9, id="ab"} --> 00:03:00:01:02:00:00:00:00:01, 00:02:00:00:00:09:61:62`},
		decl.Fn[parseArgs, duidParts]{Name: "parse_duid", Run: parseDUID, Source: duidSource,
			Doc: "Say what an identifier is made of. This is for people: programs compare identifiers and take no meaning from them.",
			Example: `local d = dhcp6.parse_duid("00:01:00:01:00:00:00:05:02:00:00:00:00:01")
d.type, d.mac, d.time, dhcp6.parse_duid("00:04:00112233445566778899aabbccddeeff").uuid --> llt, 02:00:00:00:00:01, 946684805, 00112233-4455-6677-8899-aabbccddeeff`},
	}
}

type duidArgs struct {
	Type       string           `lua:"opts.type" choices:"llt|en|ll|uuid" doc:"made of a hardware address and a time, a vendor's number, a hardware address, or a UUID"`
	MAC        net.HardwareAddr `lua:"opts.mac" doc:"hardware address, of llt and ll"`
	Hardware   uint16           `lua:"opts.hardware" doc:"hardware type of it (IANA, ARP parameters); 1 is Ethernet"`
	Time       time.Time        `lua:"opts.time" doc:"of llt: when it was made, in seconds since 1970; else now"`
	Enterprise uint32           `lua:"opts.enterprise" doc:"of en: the vendor's enterprise number"`
	ID         []byte           `lua:"opts.id" doc:"of en: the vendor's identifier, as bytes"`
	UUID       string           `lua:"opts.uuid" doc:"of uuid: 32 hexadecimal digits, with or without hyphens"`
}

func makeDUID(ctx context.Context, a duidArgs) (string, error) {
	f := dhcp6.DUIDFields{Hardware: a.Hardware, Address: a.MAC, Time: a.Time, Enterprise: a.Enterprise, ID: a.ID}
	if f.Time.IsZero() {
		f.Time = network.ClockFrom(ctx).Now()
	}
	switch a.Type {
	case "llt":
		f.Type = dhcp6.LLT
	case "ll":
		f.Type = dhcp6.LL
	case "en":
		f.Type = dhcp6.EN
	case "uuid":
		f.Type = dhcp6.UUID
		b, err := hex.DecodeString(strings.ReplaceAll(a.UUID, "-", ""))
		if err != nil || len(b) != 16 {
			return "", decl.BadArg("uuid", "32 hexadecimal digits expected, got %q", a.UUID)
		}
		f.ID = b
	}
	if len(a.MAC) == 0 && (f.Type == dhcp6.LLT || f.Type == dhcp6.LL) {
		return "", decl.BadArg("mac", "hardware address expected for type %s", a.Type)
	}
	return f.DUID().String(), nil
}

type parseArgs struct {
	DUID string `lua:"duid" doc:"in hexadecimal, with or without colons"`
}

type duidParts struct {
	Type       string           `lua:"type" doc:"llt, en, ll, uuid, or unknown"`
	Hardware   uint16           `lua:"hardware?" doc:"hardware type, of llt and ll"`
	MAC        net.HardwareAddr `lua:"mac" doc:"hardware address, of llt and ll; else nil"`
	Time       time.Time        `lua:"time" doc:"when it was made, in seconds since 1970, of llt; else nil"`
	Enterprise *uint32          `lua:"enterprise?" doc:"vendor's enterprise number, of en"`
	ID         []byte           `lua:"id?" doc:"vendor's identifier, of en; of unknown types all behind the type"`
	UUID       string           `lua:"uuid?" doc:"of uuid"`
}

func parseDUID(_ context.Context, a parseArgs) (duidParts, error) {
	d, ok := dhcp6.ParseDUID(a.DUID)
	if !ok {
		return duidParts{}, decl.BadArg("duid", "DUID in hexadecimal expected, got %q", a.DUID)
	}
	f := d.Fields()
	p := duidParts{Type: "unknown", ID: f.ID}
	switch {
	case f.Type == dhcp6.LLT && len(f.Address) > 0:
		p.Type, p.Hardware, p.MAC, p.Time = "llt", f.Hardware, f.Address, f.Time
	case f.Type == dhcp6.LL && len(f.Address) > 0:
		p.Type, p.Hardware, p.MAC = "ll", f.Hardware, f.Address
	case f.Type == dhcp6.EN && len(d) >= 6:
		p.Type, p.Enterprise = "en", &f.Enterprise
	case f.Type == dhcp6.UUID && len(f.ID) == 16:
		h := hex.EncodeToString(f.ID)
		p.Type, p.ID = "uuid", nil
		p.UUID = strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
	}
	return p, nil
}
