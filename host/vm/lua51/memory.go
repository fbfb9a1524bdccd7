package lua51

import "runtime/metrics"

// heapKilobytes is the memory of live and not yet collected objects, in Kbytes.
func heapKilobytes() float64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return float64(sample[0].Value.Uint64()) / 1024
}
