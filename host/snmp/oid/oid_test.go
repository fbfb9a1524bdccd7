package oid_test

import (
	"slices"
	"strings"
	"testing"

	"moonwire/host/snmp/oid"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1.3.6.1": "1.3.6.1", ".1.3.6.1": "1.3.6.1", "0.0": "0.0", "2.999.4294967295": "2.999.4294967295", "1": "1", "1.39": "1.39", "01.3": "1.3",
	} {
		o, err := oid.Parse(text)
		if err != nil || o.String() != want {
			t.Errorf("%q is %v, %v, want %s", text, o, err, want)
		}
	}
	for text, want := range map[string]string{
		"": "dotted numbers expected", ".": "dotted numbers expected", "1..3": "dotted numbers expected", "1.3.": "dotted numbers expected",
		"1.-3": "dotted numbers expected", "1.+3": "dotted numbers expected", "sysName.0": "dotted numbers expected", "1.3 ": "dotted numbers expected",
		"1.3.4294967296": "4294967296 is over 4294967295", "3.1": "the first number is 0, 1 or 2", "1.40": "the second number is 0 to 39",
		"1.3.99999999999999999999": "dotted numbers expected",
	} {
		if _, err := oid.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	var list []oid.OID
	for _, text := range []string{"1.3.6.10", "1.3.6.2.1", "1.3.6.2", "1.3", "2.0", "1.3.6.4294967295"} {
		list = append(list, oid.MustParse(text))
	}
	slices.SortFunc(list, oid.Compare)
	var got []string
	for _, o := range list {
		got = append(got, o.String())
	}
	if text := strings.Join(got, " "); text != "1.3 1.3.6.2 1.3.6.2.1 1.3.6.10 1.3.6.4294967295 2.0" {
		t.Error(text)
	}
}

func TestPrefix(t *testing.T) {
	t.Parallel()
	o := oid.MustParse("1.3.6.1")
	for text, want := range map[string]bool{"1.3.6.1": true, "1.3": true, "1.3.6.1.1": false, "1.3.6.2": false, "1.3.5": false} {
		if o.HasPrefix(oid.MustParse(text)) != want {
			t.Errorf("%s has the prefix %s: want %v", o, text, want)
		}
	}
	if !o.HasPrefix(nil) {
		t.Error("all are below the root")
	}
	room := append(make(oid.OID, 0, 10), o...)
	a, b := room.Append(1), room.Append(2, 3)
	if a.String() != "1.3.6.1.1" || b.String() != "1.3.6.1.2.3" || !room.Equal(o) {
		t.Errorf("%s and %s share numbers", a, b)
	}
}
