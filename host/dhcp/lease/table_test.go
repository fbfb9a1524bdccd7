package lease

import (
	"errors"
	"fmt"
	"math/rand"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/network"
)

// clock is a time that a test moves.
type clock struct {
	network.Clock
	now time.Time
}

func (c *clock) Now() time.Time { return c.now }

func newTable() (*Table, *clock) {
	c := &clock{now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	return NewTable(c), c
}

func newPool(t testing.TB, table *Table, bits int, texts ...string) *Pool {
	t.Helper()
	var list []Range
	for _, text := range texts {
		r, err := ParseRange(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	p, err := table.NewPool("test", bits, list...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func addr(text string) netip.Prefix { return Whole(netip.MustParseAddr(text)) }

func TestRange(t *testing.T) {
	for text, want := range map[string]string{
		"10.0.0.1-10.0.0.9":      "10.0.0.1-10.0.0.9",
		"10.0.0.1 - 10.0.0.9":    "10.0.0.1-10.0.0.9",
		"10.0.0.7":               "10.0.0.7-10.0.0.7",
		"10.0.0.0/30":            "10.0.0.1-10.0.0.2",
		"10.0.0.0/31":            "10.0.0.0-10.0.0.1",
		"fd00::/126":             "fd00::1-fd00::3",
		"fd00::10-fd00::1:0:0:0": "fd00::10-fd00::1:0:0:0",
		"":                       "",
		"10.0.0.9-10.0.0.1":      "",
		"10.0.0.9-fd00::1":       "",
		"10.0.0.0/33":            "",
		"fe80::1%eth0":           "",
	} {
		r, err := ParseRange(text)
		if want == "" && err == nil || want != "" && (err != nil || r.String() != want) {
			t.Errorf("%q: got %v, %v; want %q", text, r, err, want)
		}
	}
}

func TestSizes(t *testing.T) {
	table, _ := newTable()
	for _, tt := range []struct {
		bits int
		text string
		want uint64
	}{
		{32, "10.0.0.0/24", 254}, {32, "10.0.0.5", 1}, {128, "fd00::/120", 255}, {64, "fd00::-fd00:0:0:ff:ffff:ffff:ffff:ffff", 256},
		{56, "fd00::-fd00:0:0:1ff:ffff:ffff:ffff:ffff", 2}, {128, "fd00::/64", 1<<64 - 1}, {128, "fd00::/8", 1<<64 - 1},
	} {
		if got := newPool(t, table, tt.bits, tt.text).Size(); got != tt.want {
			t.Errorf("%s by %d: got %d units, want %d", tt.text, tt.bits, got, tt.want)
		}
	}
	for _, ranges := range [][]Range{
		nil,
		{{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.9")}, {netip.MustParseAddr("10.0.0.9"), netip.MustParseAddr("10.0.0.10")}},
		{{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.9")}, {netip.MustParseAddr("fd00::"), netip.MustParseAddr("fd00::1")}},
	} {
		if _, err := table.NewPool("", 32, ranges...); err == nil {
			t.Errorf("%v: no error", ranges)
		}
	}
}

// The whole life of one address.
func TestLife(t *testing.T) {
	table, clock := newTable()
	pool := newPool(t, table, 32, "10.0.0.10-10.0.0.12")
	table.Reserve(addr("10.0.0.10"))
	a, b := ByMAC([]byte{1}), ByMAC([]byte{2})
	claim := func(c Client) Claim { return Claim{Client: c, Pools: []*Pool{pool}, Hold: 30 * time.Second} }
	offer, err := table.Offer(claim(a))
	if err != nil || offer.Prefix != addr("10.0.0.11") || offer.State != Offered {
		t.Fatalf("offered %+v, %v", offer, err)
	}
	if again, _ := table.Offer(claim(a)); again.Prefix != offer.Prefix {
		t.Errorf("the second offer is %v", again.Prefix)
	}
	if _, err := table.Bind(Binding{Prefix: offer.Prefix, Client: b}, time.Hour); !errors.Is(err, ErrTaken) {
		t.Errorf("another client took what was offered: %v", err)
	}
	bound, err := table.Bind(Binding{Prefix: offer.Prefix, Client: a, MAC: net.HardwareAddr{1}, Name: "h1"}, time.Hour)
	if err != nil || bound.Left(clock.now) != time.Hour {
		t.Fatalf("bound %+v, %v", bound, err)
	}
	if still, _ := table.Offer(claim(a)); still.State != Bound || still.Until != bound.Until {
		t.Errorf("an offer to who has a lease changed it: %+v", still)
	}
	wish := claim(b)
	wish.Wish = offer.Prefix
	if other, err := table.Offer(wish); err != nil || other.Prefix != addr("10.0.0.12") {
		t.Errorf("who wished for another's was offered %+v, %v", other, err)
	}
	if _, err := table.Offer(claim(ByMAC([]byte{3}))); !errors.Is(err, ErrExhausted) {
		t.Errorf("a third client: %v", err)
	}
	if held := pool.Held(); held != 2 {
		t.Errorf("%d held", held)
	}
	clock.now = clock.now.Add(time.Hour)
	if ended := table.Expire(); len(ended) != 1 || ended[0].Client != a || ended[0].State != Bound {
		t.Errorf("ended: %+v", ended)
	}
	if got, _ := table.Get(offer.Prefix); got.State != Expired || got.Client != a || got.Name != "h1" {
		t.Errorf("after its end: %+v", got)
	}
	if _, some := table.Get(addr("10.0.0.12")); some {
		t.Error("a lapsed offer is still there")
	}
	// The longest idle one goes first, and a former lease to its former client while it is there.
	if back, err := table.Offer(claim(a)); err != nil || back.Prefix != offer.Prefix || back.Name != "h1" {
		t.Errorf("the former client was offered %+v, %v", back, err)
	}
	table.Withdraw(a)
	if got, _ := table.Get(offer.Prefix); got.State != Expired {
		t.Errorf("after the withdrawn offer: %+v", got)
	}
	if table.Release(a, offer.Prefix) {
		t.Error("released what had ended")
	}
	table.Bind(Binding{Prefix: offer.Prefix, Client: a}, Forever)
	if table.Release(b, offer.Prefix) || !table.Release(a, offer.Prefix) {
		t.Error("release")
	}
	table.Bind(Binding{Prefix: offer.Prefix, Client: a}, Forever)
	if table.Decline(b, offer.Prefix, time.Minute) || !table.Decline(a, offer.Prefix, time.Minute) {
		t.Error("decline")
	}
	if got, err := table.Offer(claim(a)); err != nil || got.Prefix == offer.Prefix {
		t.Errorf("offered %+v, %v after it was declined", got, err)
	}
	clock.now = clock.now.Add(time.Minute)
	table.Expire()
	if got, some := table.Get(offer.Prefix); some {
		t.Errorf("after the time of a declined one: %+v", got)
	}
}

// What is given never belongs to two, whatever happens in whatever order, and what the pool counts is true.
func TestModel(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(1))
	table, clock := newTable()
	pools := []*Pool{newPool(t, table, 32, "10.0.0.1-10.0.0.20", "10.0.1.1-10.0.1.5"), newPool(t, table, 32, "10.0.2.0/28")}
	table.Reserve(addr("10.0.0.7"))
	holder := map[netip.Prefix]Client{}
	until := map[netip.Prefix]time.Time{}
	live := func(p netip.Prefix) bool { return holder[p] != "" && until[p].After(clock.now) }
	for i := range 20000 {
		clock.now = clock.now.Add(time.Duration(r.Intn(3000)) * time.Millisecond)
		table.Expire()
		c := ByID([]byte{byte(r.Intn(60))})
		claim := Claim{Client: c, Pools: pools[r.Intn(2):], Hold: 10 * time.Second}
		if r.Intn(4) == 0 {
			claim.Wish = addr(fmt.Sprintf("10.0.%d.%d", r.Intn(3), r.Intn(25)))
		}
		b, err := table.Offer(claim)
		if err != nil {
			for _, p := range claim.Pools {
				if p.Held() != p.Size() && p.Held() != p.Size()-1 {
					t.Fatalf("step %d: %v, but %d of %d are held", i, err, p.Held(), p.Size())
				}
			}
			continue
		}
		if live(b.Prefix) && holder[b.Prefix] != c || b.Prefix == addr("10.0.0.7") {
			t.Fatalf("step %d: %v was given to %s, but is %s's", i, b.Prefix, c, holder[b.Prefix])
		}
		switch r.Intn(5) {
		case 0, 1, 2:
			bound, err := table.Bind(b, time.Duration(r.Intn(40))*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			holder[b.Prefix], until[b.Prefix] = c, bound.Until
		case 3:
			if table.Release(c, b.Prefix) {
				delete(holder, b.Prefix)
			}
		case 4:
			if table.Decline(c, b.Prefix, 20*time.Second) {
				holder[b.Prefix], until[b.Prefix] = "nobody", clock.now.Add(20*time.Second)
			}
		}
	}
	var held uint64
	for _, b := range table.All() {
		if b.State.held() {
			held++
		}
	}
	if got := pools[0].Held() + pools[1].Held(); got != held {
		t.Errorf("%d held, counted %d", held, got)
	}
}

func TestDelegated(t *testing.T) {
	table, _ := newTable()
	pool, err := table.NewPool("pd", 60, Span(netip.MustParsePrefix("2001:db8::/58")))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range 5 {
		b, err := table.Offer(Claim{Client: ByDUID([]byte{0, 3}, "pd", uint32(i)), Pools: []*Pool{pool}, Hold: time.Minute})
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, b.Prefix.String())
	}
	want := "[2001:db8::/60 2001:db8:0:10::/60 2001:db8:0:20::/60 2001:db8:0:30::/60 no address is left]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v", got)
	}
}

// The time of an offer and a binding doesn't depend on how many there are.
func BenchmarkExchange(b *testing.B) {
	for _, n := range []string{"10.0.0.0/22", "10.0.0.0/14"} {
		b.Run(n, func(b *testing.B) {
			table, clock := newTable()
			pool := newPool(b, table, 32, n)
			for i := range b.N {
				clock.now = clock.now.Add(time.Millisecond)
				table.Expire()
				c := ByMAC([]byte{byte(i >> 24), byte(i >> 16), byte(i >> 8), byte(i)})
				offer, err := table.Offer(Claim{Client: c, Pools: []*Pool{pool}, Hold: time.Second})
				if err != nil {
					b.Fatal(err)
				}
				table.Bind(offer, time.Second)
			}
		})
	}
}
