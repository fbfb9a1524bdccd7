package network

// Descriptor is a descriptor that somebody else opened; this system waits for sockets only.
func Descriptor(int) (Socket, error) { return nil, unsupported("waiting for a foreign descriptor") }
