package packet

import (
	"fmt"
	"strings"
)

// String is the packet in one line: its layers from the outside, parted by slashes.
func (p *Packet) String() string {
	var parts []string
	for i := range p.Len() {
		parts = append(parts, p.Layer(i).String())
	}
	return strings.Join(parts, " / ")
}

// String is the layer in a few words: as its protocol says, or its name.
func (c Context) String() string {
	pr := c.Protocol()
	switch {
	case pr.Summary != nil:
		return pr.Summary(c)
	case pr.plain:
		return fmt.Sprintf("%s %d bytes", pr.Name, len(c.Header()))
	}
	return pr.Name
}
