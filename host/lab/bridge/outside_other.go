//go:build !linux

package bridge

func openTAP(TAP) (device, error) { return nil, unsupported("making one") }

func openRaw(Raw) (device, error) { return nil, unsupported("opening one") }
