package pcap

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
)

// Types of the records of name resolution blocks.
const (
	nameEnd  = 0
	nameIPv4 = 1
	nameIPv6 = 2
	nameEUI  = 3 // 48 bits
	nameLong = 4 // 64 bits
)

// A Name is what a file calls an address. Addr is its 4, 16, 6 or 8 bytes.
type Name struct {
	Addr  []byte
	Names []string
}

// IP is the address when it is one of IP.
func (n Name) IP() (netip.Addr, bool) {
	if len(n.Addr) != 4 && len(n.Addr) != 16 {
		return netip.Addr{}, false
	}
	return netip.AddrFromSlice(n.Addr)
}

// addressLengths are by type of record.
var addressLengths = map[uint16]int{nameIPv4: 4, nameIPv6: 16, nameEUI: 6, nameLong: 8}

// Names are the names of addresses that the file has up to here.
func (r *Reader) Names() []Name {
	var list []Name
	for _, b := range r.kept {
		if b.Type == blockNames {
			list = append(list, namesOf(b.Body(), b.Big)...)
		}
	}
	return list
}

// namesOf reads the records of a name resolution block. They look like options.
func namesOf(body []byte, big bool) []Name {
	var list []Name
	for typ, v := range (Options{body, big}).All() {
		n, known := addressLengths[typ]
		if !known || len(v) <= n {
			continue
		}
		text := strings.TrimSuffix(string(v[n:]), "\x00")
		list = append(list, Name{Addr: bytes.Clone(v[:n]), Names: strings.Split(text, "\x00")})
	}
	return list
}

// nameRecords are the records of a name resolution block.
func nameRecords(list []Name, big bool) Options {
	o := Options{big: big}
	for _, n := range list {
		for typ, length := range addressLengths {
			if length == len(n.Addr) && len(n.Names) > 0 {
				o.Add(typ, append(slices.Clone(n.Addr), strings.Join(n.Names, "\x00")+"\x00"...))
			}
		}
	}
	o.Add(nameEnd, nil)
	return o
}

// A SecretsType says what the text of secrets means.
type SecretsType uint32

// The types of secrets.
const (
	TLSKeyLog       SecretsType = 0x544c534b // lines as browsers write them (SSLKEYLOGFILE)
	SSHKeyLog       SecretsType = 0x5353484b
	WireGuardKeyLog SecretsType = 0x57474b4c
	ZigBeeNetwork   SecretsType = 0x5a4e574b
	ZigBeeAPS       SecretsType = 0x5a415053
)

// Secrets are keys that packets of the file were encrypted with.
type Secrets struct {
	Type SecretsType
	Data []byte
}

// Secrets are the keys that the file has up to here.
func (r *Reader) Secrets() []Secrets {
	var list []Secrets
	for _, b := range r.kept {
		if body := b.Body(); b.Type == blockSecrets && len(body) >= 8 {
			order := orderOf(b.Big)
			n := min(int64(order.Uint32(body[4:])), int64(len(body)-8))
			list = append(list, Secrets{SecretsType(order.Uint32(body)), body[8 : 8+n]})
		}
	}
	return list
}

// Codes of the options of section headers.
const (
	shbHardware    = 2
	shbOS          = 3
	shbApplication = 4
)

// A Section is a part of a pcapng file that one program wrote.
type Section struct {
	Hardware    string
	OS          string
	Application string
	Comments    []string
	BigEndian   bool
}

// Sections are the parts of a pcapng file up to here.
func (r *Reader) Sections() []Section {
	var list []Section
	for _, b := range r.kept {
		if o := b.Options(); b.Type == blockSection {
			list = append(list, Section{o.text(shbHardware), o.text(shbOS), o.text(shbApplication), o.texts(optComment), b.Big})
		}
	}
	return list
}

// options are the fields of s as options.
func (s *Section) options(big bool) Options {
	o := Options{big: big}
	for _, text := range s.Comments {
		o.AddComment(text)
	}
	o.addText(shbHardware, s.Hardware)
	o.addText(shbOS, s.OS)
	o.addText(shbApplication, s.Application)
	return o
}
