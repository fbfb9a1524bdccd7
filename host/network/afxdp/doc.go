// Package afxdp sends frames through Linux's AF_XDP sockets in copy mode (af_xdp in the kernel's documentation). That
// needs no program in the kernel and works on every interface. The frames go straight to the driver: traffic control and
// captures on the sending machine don't see them.
package afxdp
