//go:build !race

package vm

const raced = false
