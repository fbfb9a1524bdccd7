// Package afpacket is Linux's packet socket as memory shared with the kernel (packet(7), and packet_mmap in the kernel's
// documentation): a ring of received frames and several ways to send. It waits for nothing; its caller polls the socket.
package afpacket
