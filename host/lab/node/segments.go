package node

import "gvisor.dev/gvisor/pkg/tcpip/stack"

// SupportedGSO lets TCP work on long segments, which the stack cuts before they come to the interface: what is sent is as
// without it, and takes less time.
func (d *device) SupportedGSO() stack.SupportedGSO { return stack.GVisorGSOSupported }

// GSOMaxSize is how long they are at most.
func (d *device) GSOMaxSize() uint32 { return stack.GVisorGSOMaxSize }
