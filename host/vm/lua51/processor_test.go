package lua51

import (
	"testing"
	"time"
)

// TestProcessorTime finds that waiting uses hardly any, and computing as much as it takes.
func TestProcessorTime(t *testing.T) {
	began, used := time.Now(), ProcessorTime()
	time.Sleep(100 * time.Millisecond)
	if passed, used := time.Since(began), ProcessorTime()-used; used > passed/2 {
		t.Errorf("%v of processor time in a wait of %v", used, passed)
	}
	used = ProcessorTime()
	for began = time.Now(); ProcessorTime() == used; {
		if time.Since(began) > time.Minute {
			t.Fatal("no processor time in a loop of a minute")
		}
	}
}
