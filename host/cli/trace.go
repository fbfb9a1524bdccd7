package cli

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/packet/layers"
	"moonwire/host/pcap"
)

// A tracer writes what a script does on the network, for --trace.
type tracer struct {
	out   io.Writer
	start time.Time // of the first call
}

// traced is who is told of calls on the network: nobody, without --trace.
func (o *options) traced(out io.Writer) func(network.Call) {
	if !o.trace {
		return nil
	}
	return (&tracer{out: out}).call
}

// tracedBytes is how much of one call's data is shown.
const tracedBytes = 512

// call writes one call: when, which task, what, between whom, with which bytes, at which line.
//
//	0.001 main task  send tcp4 127.0.0.1:39614 > 127.0.0.1:7  6 bytes  talk.lua:7
//	    | hello
func (t *tracer) call(c network.Call) {
	if t.start.IsZero() {
		t.start = c.Time
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%.6f %s  %s %s", c.Time.Sub(t.start).Seconds(), orNone(c.Task), c.Name, c.Class)
	if c.World != "" {
		b.WriteString(" on " + c.World)
	}
	switch {
	case c.Class == "name" || c.Class == "address" || c.Here == "" && c.Peer != "":
		b.WriteString(" " + c.Peer)
	case c.Peer != "":
		fmt.Fprintf(&b, " %s %s %s", orNone(c.Here), arrow(c.Name), c.Peer)
	case c.Here != "":
		b.WriteString(" " + c.Here)
	}
	if c.What != "" {
		b.WriteString("  " + c.What)
	}
	if c.Data != "" {
		fmt.Fprintf(&b, "  %d bytes", c.Bytes)
	}
	if c.Err != "" {
		b.WriteString("  " + c.Err)
	}
	if c.Line != "" {
		b.WriteString("  " + c.Line)
	}
	text := strings.Map(printable, b.String())
	b.Reset()
	b.WriteString(text + "\n")
	if c.Frame != "" {
		writeFrame(&b, c)
	} else {
		writeData(&b, c.Data)
	}
	_, _ = io.WriteString(t.out, b.String())
}

// orNone stands for what a call doesn't have.
func orNone(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// arrow points to where a call's bytes go.
func arrow(call string) string {
	if call == "receive" || call == "accept" {
		return "<"
	}
	return ">"
}

// linkTypes are the numbers of a capture file for how frames of an interface begin.
var linkTypes = map[string]int{"ethernet": 1, "ip": 101, "linux_sll2": 276}

// writeFrame shows a frame as one line.
func writeFrame(b *strings.Builder, c network.Call) {
	reg := layers.Registry()
	first, err := reg.Lookup(pcap.FirstLayer(linkTypes[c.Frame], []byte(c.Data)))
	if err != nil {
		first, _ = reg.Lookup("raw")
	}
	fmt.Fprintf(b, "    | %s\n", strings.Map(printable, packet.Decode(reg, []byte(c.Data), first).String()))
}

// writeData shows bytes as lines of text, or as a dump where a twentieth of them are none.
func writeData(b *strings.Builder, data string) {
	if data == "" {
		return
	}
	shown := data[:min(len(data), tracedBytes)]
	if !isText(shown) {
		shown = hex.Dump([]byte(shown))
	}
	for line := range strings.Lines(shown) {
		fmt.Fprintf(b, "    | %s\n", strings.Map(printable, strings.TrimRight(line, "\r\n")))
	}
	if len(data) > tracedBytes {
		fmt.Fprintf(b, "    | ... %d more\n", len(data)-tracedBytes)
	}
}

func isText(data string) bool {
	odd := 0
	for _, r := range data {
		if printable(r) != r && !strings.ContainsRune("\r\n", r) {
			odd++
		}
	}
	return odd*20 <= len(data)
}

// printable keeps a terminal from being driven by what comes over the wire.
func printable(r rune) rune {
	if r == '\t' || r >= ' ' && r < 0x7f {
		return r
	}
	return '.'
}
