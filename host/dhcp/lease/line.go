package lease

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"net"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"
)

// A line of the file is an object of JSON whose last member is the CRC-32 (IEEE 802.3) of all bytes before it:
//
//	{"address":"10.0.0.100","state":"bound","client":"mac 02:00:00:00:00:01", … ,"crc":"1c291ca3"}
//
// A line says all of a binding; the last line about an address counts.
type line struct {
	Address string    `json:"address"`
	State   string    `json:"state"`
	Client  Client    `json:"client"`
	MAC     string    `json:"mac"`
	Name    string    `json:"name"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"` // absent: never
}

// crcMember is what stands around the checksum.
const (
	crcMember = `,"crc":"`
	crcEnd    = `"}`
	crcLen    = len(crcMember) + 8 + len(crcEnd)
)

// first is how each line begins.
const first = `{"address":"`

// begun says whether an unfinished line may be one of ours.
func begun(text []byte) bool {
	n := min(len(text), len(first))
	return string(text[:n]) == first[:n]
}

// appendLine appends a binding's line.
func appendLine(to []byte, b Binding) []byte {
	start := len(to)
	to = append(to, first...)
	if b.Prefix.IsSingleIP() {
		to = b.Prefix.Addr().AppendTo(to)
	} else {
		to = b.Prefix.AppendTo(to)
	}
	to = appendMember(to, "state", b.State.String())
	if b.Client != "" {
		to = appendMember(to, "client", string(b.Client))
	}
	if len(b.MAC) > 0 {
		to = append(append(to, `","mac":"`...), appendColons(nil, "", b.MAC)...)
	}
	if b.Name != "" {
		to = appendMember(to, "name", b.Name)
	}
	to = b.Since.UTC().AppendFormat(append(to, `","since":"`...), time.RFC3339Nano)
	if !b.Until.IsZero() {
		to = b.Until.UTC().AppendFormat(append(to, `","until":"`...), time.RFC3339Nano)
	}
	to = append(to, '"')
	sum := crc32.ChecksumIEEE(to[start:])
	to = append(to, crcMember...)
	to = hex.AppendEncode(to, []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return append(append(to, crcEnd...), '\n')
}

// appendMember ends the text before and appends another member, up to the end of its text.
func appendMember(to []byte, name, text string) []byte {
	to = append(append(append(to, `","`...), name...), `":"`...)
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			quoted, _ := json.Marshal(strings.ToValidUTF8(text, "\uFFFD"))
			return append(to, quoted[1:len(quoted)-1]...)
		}
	}
	return append(to, text...)
}

var errChecksum = errors.New("its checksum is wrong")

// parseLine reads a line without its end.
func parseLine(b []byte) (Binding, error) {
	if len(b) < crcLen || !bytes.HasSuffix(b, []byte(crcEnd)) || !bytes.HasPrefix(b[len(b)-crcLen:], []byte(crcMember)) {
		return Binding{}, errors.New("it is not whole")
	}
	var want [4]byte
	if _, err := hex.Decode(want[:], b[len(b)-len(crcEnd)-8:len(b)-len(crcEnd)]); err != nil {
		return Binding{}, errChecksum
	}
	sum := crc32.ChecksumIEEE(b[:len(b)-crcLen])
	if want != [4]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)} {
		return Binding{}, errChecksum
	}
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return Binding{}, err
	}
	return l.binding()
}

func (l line) binding() (b Binding, err error) {
	if b.Prefix, err = netip.ParsePrefix(l.Address); err != nil {
		a, err := netip.ParseAddr(l.Address)
		if err != nil {
			return Binding{}, fmt.Errorf("%q is no address", l.Address)
		}
		b.Prefix = Whole(a)
	}
	for s, name := range stateNames {
		if name == l.State && State(s) != free {
			b.State = State(s)
		}
	}
	if b.State == free {
		return Binding{}, fmt.Errorf("%q is no state", l.State)
	}
	if l.MAC != "" {
		if b.MAC, err = hex.DecodeString(strings.ReplaceAll(l.MAC, ":", "")); err != nil {
			return Binding{}, fmt.Errorf("%q is no MAC address", l.MAC)
		}
		b.MAC = net.HardwareAddr(b.MAC)
	}
	b.Client, b.Name, b.Since, b.Until = l.Client, l.Name, l.Since, l.Until
	return b, nil
}
