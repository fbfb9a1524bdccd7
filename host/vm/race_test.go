//go:build race

package vm

// The race detector keeps notes beside every goroutine and value: memory can't be measured under it.
const raced = true
