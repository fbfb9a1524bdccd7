package manager_test

import (
	"net"
	"strings"
	"testing"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// walk gives the names of a subtree.
func walk(t *testing.T, s *manager.Session, root oid.OID, o manager.WalkOptions) (names []oid.OID, err error) {
	t.Helper()
	err = s.Walk(t.Context(), root, o, func(v message.Var) bool {
		names = append(names, v.Name)
		return true
	})
	return names, err
}

func TestWalk(t *testing.T) {
	t.Parallel()
	mib := sample(137)
	f := newFake(t, mib...)
	for _, tt := range []struct {
		root string
		want int
	}{
		{"1.3.6.1.2.1", len(mib)},
		{"1.3", len(mib)},
		{"1.3.6.1.2.1.1", 5},
		{"1.3.6.1.2.1.2.2.1.10", 137},
		{"1.3.6.1.2.1.1.5.0", 1}, // a variable: nothing is below it
		{"1.3.6.1.2.1.1.6", 0},
		{"1.3.6.1.2.1.11", 1}, // the last, where the view ends
		{"1.3.6.1.4", 0},
	} {
		for name, s := range map[string]*manager.Session{"1": open(t, f.addr(), v1), "2c": open(t, f.addr())} {
			for _, o := range []manager.WalkOptions{{}, {Next: true}, {MaxRepetitions: 1}, {MaxRepetitions: 137}, {MaxRepetitions: 1000}} {
				names, err := walk(t, s, oid.MustParse(tt.root), o)
				if err != nil || len(names) != tt.want {
					t.Errorf("version %s of %s, %+v: %d variables, %v; want %d", name, tt.root, o, len(names), err, tt.want)
				}
			}
		}
	}
}

// TestWalkTooBig has the repetitions halved until an answer fits.
func TestWalkTooBig(t *testing.T) {
	t.Parallel()
	for _, fits := range []int32{0, 1, 3, 7} {
		f := newFake(t, sample(50)...)
		f.does(func(m *message.Message, from net.Addr) bool {
			if m.PDU.Type != message.GetBulk || m.PDU.MaxRepetitions() <= fits {
				return false
			}
			f.send(refuse(m, message.TooBig, 0), from)
			return true
		})
		names, err := walk(t, open(t, f.addr()), column, manager.WalkOptions{})
		if fits == 0 {
			if decl.KindOf(err) != decl.TooBig {
				t.Errorf("never fits: %v", err)
			}
			continue
		}
		if err != nil || len(names) != 50 {
			t.Errorf("fits %d: %d variables, %v", fits, len(names), err)
		}
		refused := 0
		for _, q := range f.questions() {
			if q.MaxRepetitions() > fits {
				refused++
			}
		}
		if refused > 5 {
			t.Errorf("fits %d: refused %d times", fits, refused)
		}
	}
}

// TestWalkFails has walks end in the middle: that is never silent.
func TestWalkFails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		wrong func(m *message.Message, f *fake) *message.Message
		kind  string
		text  string
	}{
		{"genErr", func(m *message.Message, _ *fake) *message.Message { return refuse(m, message.GenErr, 1) }, decl.GenErr,
			"at 1.3.6.1.2.1.2.2.1.10."},
		{"authorizationError", func(m *message.Message, _ *fake) *message.Message { return refuse(m, message.AuthorizationError, 0) },
			decl.AuthorizationError, "no access"},
		{"the same once more", func(m *message.Message, f *fake) *message.Message { return respond(m, f.get(m.PDU.Vars[0].Name)) }, decl.Loop,
			"goes in circles"},
		{"back to the first", func(m *message.Message, f *fake) *message.Message { return respond(m, f.get(column.Append(1))) }, decl.Loop,
			"1.3.6.1.2.1.2.2.1.10.1 follows 1.3.6.1.2.1.2.2.1.10."},
		{"disorder inside an answer", func(m *message.Message, f *fake) *message.Message {
			return respond(m, f.get(column.Append(90)), f.get(column.Append(89)))
		}, decl.Loop, "1.3.6.1.2.1.2.2.1.10.89 follows 1.3.6.1.2.1.2.2.1.10.90"},
		{"no variables", func(m *message.Message, _ *fake) *message.Message { return respond(m) }, decl.Malformed, "no variables"},
	} {
		for _, bulk := range []bool{false, true} {
			f := newFake(t, sample(100)...)
			f.does(func(m *message.Message, from net.Addr) bool {
				if at := m.PDU.Vars[0].Name; len(at) <= len(column) || at[len(column)] < 30 {
					return false
				}
				f.send(tt.wrong(m, f), from)
				return true
			})
			names, err := walk(t, open(t, f.addr()), column, manager.WalkOptions{Next: !bulk})
			if decl.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.text) || !strings.Contains(err.Error(), "after ") {
				t.Errorf("%s (bulk %v): %v", tt.name, bulk, err)
			}
			if len(names) < 30 {
				t.Errorf("%s (bulk %v): %d variables before", tt.name, bulk, len(names))
			}
		}
	}
}

// TestWalkGivenUp asks an agent no second time when the first answer was enough.
func TestWalkGivenUp(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(100)...)
	s := open(t, f.addr())
	if err := s.Walk(t.Context(), column, manager.WalkOptions{}, func(message.Var) bool { return false }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), sysName); err != nil || len(f.questions()) != 2 {
		t.Errorf("%d questions, %v", len(f.questions()), err)
	}
}
