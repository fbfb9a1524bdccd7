package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// roomToCollect is the memory that may fill with garbage before it is collected, however small what lives is.
const roomToCollect = 32 << 20

// collectSeldom lets the garbage collector run when the heap has grown by roomToCollect or doubled, whichever is more.
// Scripts live in a few megabytes and make garbage fast: by Go's own rule they would be collected hundreds of times a
// second. GOGC in the environment wins.
var collectSeldom = sync.OnceFunc(func() {
	if os.Getenv("GOGC") == "" {
		setPace(0)
	}
})

// setPace fits the collector's pace to what lives now, and again after each collection.
func setPace(percent int) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	next := int(max(100, roomToCollect*100/max(live[0].Value.Uint64(), 4<<20)))
	if next != percent {
		debug.SetGCPercent(next)
	}
	runtime.AddCleanup(new([16]byte), setPace, next)
}
