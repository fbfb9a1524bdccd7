package lfs

import "io/fs"

// plainStatus is a status made of what every system knows, with C's values for the rest.
func plainStatus(info fs.FileInfo) status {
	modified := float64(info.ModTime().Unix())
	return status{nlink: 1, access: modified, change: modified, blocks: -1, blksize: -1}
}
