package afpacket

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// Memory is what a packet socket shares with the kernel.
type Memory struct {
	Receive *Ring     // nil: nothing is received
	Send    *SendRing // nil: frames are sent in another way
	mem     []byte
	lost    runtime.Cleanup // frees the socket when nobody called Close
}

// Share gives the packet socket fd a receive ring of about receive bytes and a ring for sending frames of at most longest
// bytes. With 0 there is none.
func Share(fd, receive, longest int) (*Memory, error) {
	m := new(Memory)
	if receive == 0 && longest == 0 {
		return m, nil
	}
	if err := unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_VERSION, unix.TPACKET_V3); err != nil {
		return nil, os.NewSyscallError("setsockopt PACKET_VERSION", err)
	}
	if err := m.share(fd, receive, longest); err != nil {
		for _, ring := range []int{unix.PACKET_RX_RING, unix.PACKET_TX_RING} {
			unix.SetsockoptTpacketReq3(fd, unix.SOL_PACKET, ring, new(unix.TpacketReq3))
		}
		return nil, err
	}
	m.lost = runtime.AddCleanup(m, func(mem []byte) { unix.Munmap(mem) }, m.mem)
	return m, nil
}

func (m *Memory) share(fd, receive, longest int) error {
	receiving, err := requestRing(fd, receive)
	if err != nil {
		return err
	}
	sending, err := requestSendRing(fd, longest)
	if err != nil {
		return err
	}
	m.mem, err = unix.Mmap(fd, 0, receiving+sending.size(), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|unix.MAP_POPULATE)
	if err != nil {
		return os.NewSyscallError("mmap", err)
	}
	if receiving > 0 {
		m.Receive = &Ring{mem: m.mem[:receiving], blocks: receiving / blockSize}
	}
	if sending.size() > 0 {
		m.Send = &SendRing{fd: fd, mem: m.mem[receiving:], shape: sending}
	}
	return nil
}

// Close takes the memory from the socket.
func (m *Memory) Close() {
	if m.mem == nil {
		return
	}
	m.lost.Stop()
	unix.Munmap(m.mem)
	*m = Memory{}
}
