package pack

// What a pack may hold. The limits bound the memory and the time that a hostile one can cost.
const (
	maxPacked   = 256 << 20 // bytes of the whole file
	maxEntries  = 10_000
	maxManifest = 4 << 20   // bytes of manifest.json
	maxFile     = 64 << 20  // bytes of one file
	maxTotal    = 256 << 20 // bytes of all files

	// A zip bomb is small and unpacks to much. Below freely, growth is harmless; above it, a pack may grow by maxGrowth.
	// Write stores what shrinks too well, so that no honest pack is refused.
	freely    = 1 << 20
	maxGrowth = 200
)
