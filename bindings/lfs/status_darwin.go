package lfs

import (
	"io/fs"
	"syscall"
)

// statusOf reads what stat(2) gave.
func statusOf(info fs.FileInfo) status {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return plainStatus(info)
	}
	return status{
		dev: float64(s.Dev), ino: float64(s.Ino), rdev: float64(s.Rdev), nlink: float64(s.Nlink),
		uid: float64(s.Uid), gid: float64(s.Gid), access: float64(s.Atimespec.Sec), change: float64(s.Ctimespec.Sec),
		blocks: float64(s.Blocks), blksize: float64(s.Blksize),
	}
}
