package manager_test

import (
	"runtime"
	"testing"

	"moonwire/host/snmp/manager"
)

// TestMemory holds what a session costs that nobody asks by: before its first question, and after some, with its socket open
// and its last messages kept.
func TestMemory(t *testing.T) {
	f := newFake(t, sample(100)...)
	for _, tt := range []struct {
		name  string
		count int
		use   func(s *manager.Session) error
		most  uint64
	}{
		{"opened", 1000, func(*manager.Session) error { return nil }, 2 << 10},
		{"asked", 200, func(s *manager.Session) error {
			_, err := s.Get(t.Context(), sysName)
			return err
		}, 8 << 10},
		{"walked", 200, func(s *manager.Session) error {
			_, err := walk(t, s, column, manager.WalkOptions{})
			return err
		}, 16 << 10},
	} {
		before := memory()
		sessions := make([]*manager.Session, tt.count)
		for i := range sessions {
			sessions[i] = open(t, f.addr())
			if err := tt.use(sessions[i]); err != nil {
				t.Fatal(err)
			}
		}
		each := (memory() - before) / uint64(tt.count)
		t.Logf("%s: %d bytes", tt.name, each)
		if each > tt.most {
			t.Errorf("%s: a session takes %d bytes, more than %d", tt.name, each, tt.most)
		}
		runtime.KeepAlive(sessions)
	}
}

// memory is what is in use, stacks too.
func memory() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}
