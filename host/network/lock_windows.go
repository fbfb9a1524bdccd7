package network

import "golang.org/x/sys/windows"

// Lock is LockFileEx.
func (f osFile) Lock(exclusive bool, start, length int64) error {
	flags := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if exclusive {
		flags |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	low, high := lockLength(length)
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, low, high, lockStart(start))
}

// Unlock is UnlockFileEx.
func (f osFile) Unlock(start, length int64) error {
	low, high := lockLength(length)
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, low, high, lockStart(start))
}

// lockLength is a length in two halves; 0 is as long as can be.
func lockLength(length int64) (low, high uint32) {
	if length == 0 {
		return ^uint32(0), ^uint32(0)
	}
	return uint32(length), uint32(length >> 32)
}

func lockStart(start int64) *windows.Overlapped {
	return &windows.Overlapped{Offset: uint32(start), OffsetHigh: uint32(start >> 32)}
}
