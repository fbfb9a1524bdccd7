package facts

import "testing"

// The first name that a program asks for waits so long.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		open().Named("sysName")
	}
}
