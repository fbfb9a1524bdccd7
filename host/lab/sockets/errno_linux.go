package sockets

import "syscall"

// enonet is ENONET where there is one.
const enonet = syscall.ENONET
