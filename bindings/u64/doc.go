// Package u64 is Lua's u64 module: whole numbers of 64 bits, which Lua's own numbers hold only up to 2^53. Counters,
// time stamps in nanoseconds and 64-bit identifiers come as u64, whatever their size. In Go they are uint64.
package u64
