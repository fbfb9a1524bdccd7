package message_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/snmp/message"
)

// wrap puts a head before hex.
func wrap(tag string, inner ...string) string {
	body := strings.Join(inner, "")
	n := len(body) / 2
	if n < 128 {
		return tag + hex.EncodeToString([]byte{byte(n)}) + body
	}
	return tag + "82" + hex.EncodeToString([]byte{byte(n >> 8), byte(n)}) + body
}

// response is a v2c response with these variables.
func response(vars ...string) string {
	return wrap("30", "020101", wrap("04", "70"), wrap("a2", "020105", "020100", "020100", wrap("30", vars...)))
}

// bind is a variable of a value.
func bind(value string) string { return wrap("30", "06032b0601", value) }

func TestBent(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		hex      string
		problem  string // in the first problem
		vars     string // what is read all the same
		complete bool   // nothing is missing
	}{
		"long length":                  {response("3081" + "09" + "06032b060102020007"), "value has more bytes than it needs", "1.3.6.1 = 7", true},
		"list with a long length":      {wrap("30", "020101", "0400", wrap("a2", "020105", "020100", "020100", "308400000000")), "", "", true},
		"negative counter":             {response(bind("4104ffffffff")), "value is negative in an unsigned type", "1.3.6.1 = 4294967295", true},
		"negative counter, short":      {response(bind("4101f0")), "value is negative in an unsigned type", "1.3.6.1 = 4294967280", true},
		"negative Counter64":           {response(bind("4608ffffffffffffffff")), "value is negative", "1.3.6.1 = 18446744073709551615", true},
		"padded integer":               {response(bind("0204ffffffff")), "value has more bytes than it needs", "1.3.6.1 = -1", true},
		"integer of 64 bits":           {response(bind("02050100000000")), "value has more than 32 bits", "1.3.6.1 = 4294967296", true},
		"integer of nine bytes":        {response(bind("0209010000000000000000")), "value is no number of 64 bits", "1.3.6.1 = 01 00 00 00 00 00 00 00 00", true},
		"integer of no bytes":          {response(bind("0200")), "value is no number of 64 bits", "1.3.6.1 = ", true},
		"counter of 33 bits":           {response(bind("41050100000000")), "value has more than 32 bits", "1.3.6.1 = 4294967296", true},
		"null with contents":           {response(bind("050100")), "value has contents", "1.3.6.1 = 00", true},
		"address of five bytes":        {response(bind("40050102030405")), "value is no address of 4 bytes", "1.3.6.1 = 01 02 03 04 05", true},
		"no type":                      {response(bind("450101")), "value has the unknown type 0x45", "1.3.6.1 = 01", true},
		"oid value of no bytes":        {response(bind("0600")), "value has no bytes", "1.3.6.1 = 0.0", true},
		"oid value, padded":            {response(bind("06042b800601")), "value has more bytes than it needs", "1.3.6.1 = 1.3.6.1", true},
		"oid value, wide":              {response(bind("06062b9080808000")), "value has a number of more than 32 bits", "1.3.6.1 = 2B 90 80 80 80 00", true},
		"oid value, cut":               {response(bind("06022b86")), "value is cut short in its last number", "1.3.6.1 = 2B 86", true},
		"name of no bytes":             {response(wrap("30", "0600", "0500"), bind("020107")), "name has no bytes", "0.0 = NULL\n1.3.6.1 = 7", true},
		"name missing":                 {response(wrap("30", "0500")), "no name", "", false},
		"value missing":                {response(wrap("30", "06012b")), "no value", "", false},
		"value behind the value":       {response(wrap("30", "06012b", "0500", "0500")), "2 bytes behind the value", "1.3 = NULL", true},
		"value longer than its room":   {response(wrap("30", "06012b", "04055232")), "value is cut short: 2 bytes of 5", "", false},
		"no variable":                  {response("0500"), "no variable", "", false},
		"tag of several bytes":         {response(bind("9f780100")), "value has a tag of several bytes", "", false},
		"length of nine bytes":         {response(bind("0489000000000000000001" + "61")), "", "1.3.6.1 = a", true},
		"length of five bytes":         {response(bind("04850100000000")), "value has a length of more than 32 bits", "", false},
		"length cut":                   {response(bind("0482")), "value is cut short in its length", "", false},
		"indefinite message":           {"3080" + response(bind("020107"))[4:] + "0000", "message has an indefinite length", "1.3.6.1 = 7", true},
		"indefinite string":            {response(bind("0480" + "0000")), "value has an indefinite length without being constructed", "", false},
		"indefinite inside indefinite": {response("3080" + "06032b0601" + "020107" + "0000"), "variable has an indefinite length", "1.3.6.1 = 7", true},
		"bytes behind the message":     {response(bind("020107")) + "000000", "3 bytes behind the message", "1.3.6.1 = 7", true},
		"bytes behind the list":        {wrap("30", "020101", "0400", wrap("a2", "020105", "020100", "020100", "3000", "0500")), "2 bytes behind the list of variables", "", true},
		"no PDU":                       {wrap("30", "020101", "0400"), "no PDU", "", false},
		"PDU of no type":               {wrap("30", "020101", "0400", "a900"), "no PDU", "", false},
		"no list":                      {wrap("30", "020101", "0400", "a209020105020100020100"), "no list of variables", "", false},
		"cut datagram":                 {response(bind("020107"), bind("040552322d5232"))[:66], "message is cut short: 31 bytes of 43", "1.3.6.1 = 7", false},
		"wide request id":              {wrap("30", "020101", "0400", wrap("a2", "02050100000000", "020100", "020100", "3000")), "request id is 4294967296, which 32 bits can't hold", "", true},
		"community missing":            {wrap("30", "020101"), "no community", "", false},
	} {
		b := unhex(t, tt.hex)
		m, err := message.Decode(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := len(m.Problems) > 0; got != (tt.problem != "") || got && !strings.Contains(m.Problems[0].What, tt.problem) {
			t.Errorf("%s: problems %v, want %q", name, m.Problems, tt.problem)
		}
		if (m.Err() == nil) != tt.complete {
			t.Errorf("%s: Err is %v", name, m.Err())
		}
		var lines []string
		if m.PDU != nil {
			for _, v := range m.PDU.Vars {
				lines = append(lines, v.String())
			}
		}
		if got := strings.Join(lines, "\n"); got != tt.vars {
			t.Errorf("%s: read %q, want %q", name, got, tt.vars)
		}
		if back, err := m.Encode(); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%s: encoded as %x, %v, want %x", name, back, err, b)
		}
	}
}

func TestNoMessage(t *testing.T) {
	t.Parallel()
	for hexed, want := range map[string]string{
		"": "no message", "30": "message is cut short in its length", "0500": "no message", "3000": "no version",
		"3003020109": "unknown version: 9", "30030201ff": "unknown version: -1", "3084ffffffff": "message is cut short: 0 bytes of", "3080": "message has an indefinite length without an end",
		"300b0209ffffffffffffffffff": "version is no number of 64 bits",
	} {
		if m, err := message.Decode(unhex(t, hexed)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, %v, want %s", hexed, m, err, want)
		}
	}
}

// TestDeep checks that nesting costs no more than its bytes.
func TestDeep(t *testing.T) {
	t.Parallel()
	b := bytes.Repeat([]byte{0x30, 0x80}, 1<<20)
	if _, err := message.Decode(b); err == nil {
		t.Error("read a message in a million sequences")
	}
	deep := append(unhex(t, "3080020101040170a280020105020100020100"), bytes.Repeat([]byte{0x30, 0x80}, 1<<20)...)
	if m, err := message.Decode(deep); err == nil && m.Err() == nil {
		t.Error("read a message without an end")
	}
}
