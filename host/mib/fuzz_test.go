package mib_test

import (
	"testing"

	"moonwire/host/mib"
)

// Any hint may stand in a file and any octets in a message. What a hint reads of its own text is written the same again.
func FuzzHint(f *testing.F) {
	for _, hint := range []string{"255a", "1x:", "2d-1d-1d,1d:1d:1d.1d,1a1d:1d", "*1x:/1x:", "0a[2x:2x]0a:2d", "*", "99999d", "0a", "*0a", "d-2", "1o"} {
		f.Add(hint, []byte("\x07\xc8\x05\x1a\x0d\x1e\x0f\x00"), "1992-5-26,13:30:15.0")
	}
	f.Fuzz(func(t *testing.T, hint string, octets []byte, text string) {
		s := &mib.Syntax{Base: mib.OctetString, Hint: hint}
		if written := s.OctetsText(octets); len(written) > 1000*(len(octets)+1)*(len(hint)+1) {
			t.Errorf("%d octets of %q become %d", len(octets), hint, len(written))
		}
		b, err := s.ParseOctets(text)
		if err == nil && len(b) > 70000*(len(text)+1) {
			t.Errorf("%q of %q becomes %d octets", text, hint, len(b))
		}
		number := &mib.Syntax{Base: mib.Integer32, Hint: hint}
		if n, err := number.ParseInt(text); err == nil {
			if back, err := number.ParseInt(number.IntText(n)); err != nil || back != n {
				t.Errorf("%q: %q is %d, then %d, %v", hint, text, n, back, err)
			}
		}
	})
}
