package wire

// Why a frame was lost.
const (
	Lost         = "lost"                // by chance
	QueueFull    = "queue full"          // of those that wait for the wire
	TooLong      = "longer than the MTU" // of either end
	LinkDown     = "link down"           // or one of its ends, perhaps while the frame was under way
	Partition    = "partition"           // the link is cut, and nobody noticed
	Filtered     = "dropped by the filter"
	NoReceiver   = "nobody receives" // the port has no handler
	NotConnected = "not connected"   // the port has no link
)

// Count is a number of frames and of bytes in them.
type Count struct {
	Frames uint64
	Bytes  uint64
}

func (c *Count) add(frame []byte) {
	c.Frames++
	c.Bytes += uint64(len(frame))
}

// PortStats is what a port did. Frames are counted as they were handed over: Sent are those given to Send, lost or not.
type PortStats struct {
	Sent     Count
	Received Count
	Drops    map[string]uint64 // of frames sent by this port, by reason
	Missed   map[string]uint64 // of frames sent to this port

	Corrupted, Duplicated, Reordered uint64 // frames sent by this port that met it
}

// manyReasons is how many different reasons a filter may give before they are counted as one.
const manyReasons = 64

// ledger counts one direction of a link.
type ledger struct {
	sent     Count
	received Count
	drops    map[string]uint64

	corrupted, duplicated, reordered uint64
}

func (c *ledger) drop(reason string) {
	if c.drops == nil {
		c.drops = map[string]uint64{}
	}
	if _, known := c.drops[reason]; !known && len(c.drops) >= manyReasons {
		reason = Filtered
	}
	c.drops[reason]++
}
