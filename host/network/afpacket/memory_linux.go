package afpacket

import (
	"os"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// spare are address ranges that mappings left behind, by size. A range is not unmapped while the process runs, since a
// slice of it may be read after the socket's end; the next mapping of that size takes it over.
var spare = struct {
	sync.Mutex
	ranges map[int][][]byte
}{ranges: make(map[int][][]byte)}

// share maps size bytes of fd's rings.
func share(fd, size int) ([]byte, error) {
	mem, flags := reuse(size), unix.MAP_SHARED|unix.MAP_POPULATE
	if mem != nil {
		flags |= unix.MAP_FIXED
	}
	p, err := unix.MmapPtr(fd, 0, unsafe.Pointer(unsafe.SliceData(mem)), uintptr(size), unix.PROT_READ|unix.PROT_WRITE, flags)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	return unsafe.Slice((*byte)(p), size), nil
}

func reuse(size int) []byte {
	spare.Lock()
	defer spare.Unlock()
	list := spare.ranges[size]
	if len(list) == 0 {
		return nil
	}
	spare.ranges[size] = list[:len(list)-1]
	return list[len(list)-1]
}

// unshare puts zeros of nobody in the place of a mapping: slices of it stay readable, and its socket is free to go.
func unshare(mem []byte) {
	unix.MmapPtr(-1, 0, unsafe.Pointer(&mem[0]), uintptr(len(mem)), unix.PROT_READ|unix.PROT_WRITE,
		unix.MAP_PRIVATE|unix.MAP_ANONYMOUS|unix.MAP_FIXED|unix.MAP_NORESERVE)
	spare.Lock()
	defer spare.Unlock()
	spare.ranges[len(mem)] = append(spare.ranges[len(mem)], mem)
}
