//go:build !linux

package network

// upkeep is nothing where nothing is changed.
type upkeep struct{}
