package usm

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func after(seconds int64) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }

func TestTimeOfAnEngine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		boots          int32
		passed         int64
		boots2, second int32
	}{
		{1, 0, 1, 0},
		{1, 100, 1, 100},
		{1, Latched, 1, Latched},
		{1, Latched + 1, 2, 0}, // the time is out of bits: as good as a boot
		{1, 2*(Latched+1) + 7, 3, 7},
		{Latched - 1, Latched + 1, Latched, 0},
		{Latched, Latched + 1, Latched, Latched},
	} {
		e := NewEngine(EngineID("engine"), tt.boots, noon)
		if b, s := e.Now(after(tt.passed)); b != tt.boots2 || s != tt.second {
			t.Errorf("boots %d after %d s: %d, %d; want %d, %d", tt.boots, tt.passed, b, s, tt.boots2, tt.second)
		}
	}
	e := NewEngine(EngineID("engine"), 5, noon)
	e.Boot(after(1000))
	if b, s := e.Now(after(1010)); b != 6 || s != 10 {
		t.Errorf("after a boot %d, %d; want 6, 10", b, s)
	}
	e.Set(Latched, 0, noon)
	e.Boot(noon)
	if b, _ := e.Now(noon); b != Latched {
		t.Errorf("boots after latching %d", b)
	}
}

// TestWindowOfAnEngine is RFC 3414 section 3.2, step 7a.
func TestWindowOfAnEngine(t *testing.T) {
	t.Parallel()
	e := NewEngine(EngineID("engine"), 3, noon)
	now := after(1000)
	for _, tt := range []struct {
		boots, seconds int32
		in             bool
	}{
		{3, 1000, true}, {3, 1150, true}, {3, 1151, false}, {3, 850, true}, {3, 849, false},
		{2, 1000, false}, {4, 1000, false}, {0, 0, false}, {-3, 1000, false}, {3, -1 << 31, false},
	} {
		if err := e.window(tt.boots, tt.seconds, now); (err == nil) != tt.in || err != nil && !errors.Is(err, ErrNotInWindow) {
			t.Errorf("%d, %d: %v", tt.boots, tt.seconds, err)
		}
	}
	e.Set(Latched, 0, noon)
	if e.window(Latched, 0, noon) == nil {
		t.Error("latched boots are in the window")
	}
}

// TestWindowOfARemote is RFC 3414 section 3.2, step 7b.
func TestWindowOfARemote(t *testing.T) {
	t.Parallel()
	var r Remote
	if _, _, known := r.Now(noon); known {
		t.Error("nothing was heard, and something is known")
	}
	for _, tt := range []struct {
		at             int64 // seconds after noon
		boots, seconds int32
		in             bool
		boots2, now    int32 // known after that
	}{
		{0, 3, 1000, true, 3, 1000},
		{10, 3, 900, true, 3, 1010},          // late, within 150 s
		{10, 3, 860, true, 3, 1010},          // just so
		{10, 3, 859, false, 3, 1010},         // too late
		{20, 3, 5000, true, 3, 5000},         // the future is believed
		{30, 2, 6000, false, 3, 5010},        // before the last boot
		{40, 4, 0, true, 4, 0},               // a boot
		{50, 3, 5000, false, 4, 10},          // replayed from before
		{400, 4, 0, false, 4, 360},           // replayed
		{500, Latched, 5, false, Latched, 5}, // believes nothing from now on
		{600, Latched, 900, false, Latched, 900},
	} {
		err := r.Check(tt.boots, tt.seconds, after(tt.at))
		if (err == nil) != tt.in || err != nil && !errors.Is(err, ErrNotInWindow) {
			t.Errorf("at %d: %d, %d: %v", tt.at, tt.boots, tt.seconds, err)
		}
		if b, s, known := r.Now(after(tt.at)); !known || b != tt.boots2 || s != tt.now {
			t.Errorf("at %d: known are %d, %d; want %d, %d", tt.at, b, s, tt.boots2, tt.now)
		}
	}
	r.Set(1, 1, after(700))
	if err := r.Check(1, 50, after(700)); err != nil {
		t.Errorf("after being asked: %v", err)
	}
	r.Forget()
	if err := r.Check(0, 0, noon); err != nil {
		t.Errorf("after forgetting: %v", err)
	}
}

// TestEngineIDs has ids of devices, and what net-snmp's and Wireshark's manuals say of them.
func TestEngineIDs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id   string
		want Description
	}{
		{"80001f888004c9b25f7bb2c65f", Description{8072, "net-snmp", "net-snmp", "04c9b25f, made 2020-12-01T21:15:39Z"}},
		{"80001f8880 52cf1f2b 7bb2c65f 00000000", Description{8072, "net-snmp", "net-snmp", "52cf1f2b, made 2020-12-01T21:15:39Z"}},
		{"8000000903 00cafe000001", Description{9, "Cisco", "mac", "00:ca:fe:00:00:01"}},
		{"800007db01 c0a80001", Description{2011, "Huawei", "ipv4", "192.168.0.1"}},
		{"800007db02 20010db8000000000000000000000001", Description{2011, "Huawei", "ipv6", "2001:db8::1"}},
		{"80007ed904 6d6f6f6e", Description{32473, "example (RFC 5612)", "text", "moon"}},
		{"80007ed904 00ff", Description{32473, "example (RFC 5612)", "malformed", "00ff"}},
		{"8000000005 0102", Description{0, "", "octets", "0102"}},
		{"80000a4c 80 0102", Description{2636, "Juniper", "enterprise", "128 0102"}},
		{"80000a4c 07 0102", Description{2636, "Juniper", "reserved", "7 0102"}},
		{"000000000000000000000002", Description{0, "", "enterprise", "0000000000000002"}},
		{"0000000903000002", Description{9, "Cisco", "enterprise", "03000002"}},
	} {
		tt.id = strings.ReplaceAll(tt.id, " ", "")
		id := EngineID(unhex(t, tt.id))
		if got := id.Describe(); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.id, got, tt.want)
		}
	}
	for _, bad := range []string{"", "80001f88", strings.Repeat("80", 33), "0000000000", "ffffffffffff"} {
		id := EngineID(unhex(t, bad))
		if d := id.Describe(); id.Check() == nil || d.Format != "malformed" || d.Value != bad {
			t.Errorf("%s: %+v", bad, d)
		}
	}
	long := NewEngineID(strings.Repeat("x", 100))
	if len(long) != 32 || long.Check() != nil || long.Describe().Format != "text" {
		t.Errorf("a long name makes %s", long)
	}
	for text, want := range map[string]string{"0x80001f8804": "80001f8804", "80:00:1F:88 04": "80001f8804"} {
		if id, err := ParseEngineID(text); err != nil || id.String() != want {
			t.Errorf("%s: %s %v", text, id, err)
		}
	}
	for _, bad := range []string{"", "0x", "xyz", "80001f880", "8000"} {
		if id, err := ParseEngineID(bad); err == nil {
			t.Errorf("%q is %s", bad, id)
		}
	}
}

func TestStatistics(t *testing.T) {
	t.Parallel()
	for _, s := range Statistics {
		if got, ok := StatisticOf(s.OID()); !ok || got != s {
			t.Errorf("%s: %v %v", s, got, ok)
		}
	}
	if s, ok := StatisticOf(WrongDigests.OID()[:10]); !ok || s != WrongDigests {
		t.Error("without its instance it isn't found")
	}
	if got := WrongDigests.OID().String(); got != "1.3.6.1.6.3.15.1.1.5.0" {
		t.Error(got)
	}
	if _, ok := StatisticOf(nil); ok {
		t.Error("nothing is a statistic")
	}
}
