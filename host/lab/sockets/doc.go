// Package sockets is the network of a lab's host as scripts see it: package network's contract over the TCP/IP stack of
// package node. Streams are the stack's own endpoints. Datagram sockets (UDP, ping, raw IP) are ours, on the stack's
// routes and its demultiplexer: they have what Linux's have and the stack's lack, above all an error queue. Errors are
// the kernel's: syscall.Errno inside *net.OpError, os.ErrDeadlineExceeded, net.ErrClosed, io.EOF.
//
// Every call tries, and waits with a network.Waiter where the stack has nothing yet: so it works under any clock. Under a
// simulated one the stack settles after each step.
package sockets
