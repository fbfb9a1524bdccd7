package network

import "golang.org/x/sys/unix"

// newSocket makes a non-blocking descriptor that children don't inherit.
func newSocket(domain, typ, proto int) (int, error) {
	return unix.Socket(domain, typ|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, proto)
}

// acceptSocket is newSocket for a connection that waits on fd.
func acceptSocket(fd int) (int, unix.Sockaddr, error) {
	return unix.Accept4(fd, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC)
}

// disconnect undoes a datagram socket's connect(2).
func disconnect(fd int) error {
	return connectUnspec(fd)
}
