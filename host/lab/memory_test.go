package lab_test

import (
	"fmt"
	"runtime"
	"testing"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
)

// thousand is a lab of 1,000 hosts in ten networks.
func thousand(t testing.TB) *topology.Plan {
	t.Helper()
	var lines []string
	for n := range 10 {
		line := ""
		for h := range 100 {
			line += fmt.Sprintf("h%d, ", n*100+h)
		}
		lines = append(lines, line[:len(line)-2]+fmt.Sprintf(" -- sw%d -- R1", n))
	}
	plan, err := topology.Build(topology.Spec{Lines: lines})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func inUse() uint64 {
	var s runtime.MemStats
	for range 3 {
		runtime.GC()
	}
	runtime.ReadMemStats(&s)
	return s.HeapInuse + s.StackInuse
}

func TestAThousandHostsGiveTheirMemoryBack(t *testing.T) {
	plan := thousand(t)
	before := inUse()
	var during uint64
	for range 3 {
		l, err := lab.New(plan, lab.Options{})
		if err != nil {
			t.Fatal(err)
		}
		during = inUse()
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	after := inUse()
	t.Logf("%d KB a host, %d KB left in all", (during-before)/1000/1024, (int64(after)-int64(before))/1024)
	if kept, used := int64(after)-int64(before), int64(during-before); kept > used/10 {
		t.Errorf("%d bytes of %d are still in use", kept, used)
	}
	if each := (during - before) / 1000; each > 300<<10 {
		t.Errorf("%d bytes a host", each)
	}
}

func BenchmarkAThousandHosts(b *testing.B) {
	plan := thousand(b)
	for b.Loop() {
		l, err := lab.New(plan, lab.Options{})
		if err != nil {
			b.Fatal(err)
		}
		l.Close()
	}
}
