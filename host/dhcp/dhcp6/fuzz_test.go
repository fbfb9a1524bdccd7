package dhcp6_test

import (
	"bytes"
	"testing"

	"moonwire/host/dhcp/dhcp6"
)

// FuzzDecode reads any bytes: what was read is written again as it was, every view comes out, and the values of options
// make options that say the same.
func FuzzDecode(f *testing.F) {
	for _, w := range wires {
		f.Add(unhex(f, w.wire))
	}
	for _, s := range samples {
		b, _ := dhcp6.New(dhcp6.Solicit, 1, s.option(f)).Encode()
		f.Add(b)
	}
	f.Add(unhex(f, "0c00"+addr1+addr2+"00090008"+"01000001000e0000"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := dhcp6.Decode(b)
		if err != nil {
			return
		}
		if again, err := m.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("read %x, wrote %x, %v", b, again, err)
		}
		m.Chain()
		m.Check()
		_, _, _ = m.Show(), m.Source(), m.String()
		m.Options.IAs()
		for _, o := range m.Options {
			v, err := o.Value()
			if err != nil {
				continue
			}
			again, err := dhcp6.NewOption(o.Code, v)
			if err != nil {
				t.Fatalf("%s: what was read can't be written: %v", dhcp6.NameOf(o.Code), err)
			}
			if got, err := again.Value(); err != nil || !holds(got, v) {
				t.Fatalf("%s: %v, then %v, %v", dhcp6.NameOf(o.Code), v, got, err)
			}
		}
	})
}
