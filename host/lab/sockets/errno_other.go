//go:build !linux

package sockets

import "syscall"

// enonet stands for ENONET, which Linux has.
const enonet = syscall.ENETUNREACH
