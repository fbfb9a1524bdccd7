package cli

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"moonwire/host/network"
)

// A tracer writes what a script's sockets do, for --trace.
type tracer struct {
	out   io.Writer
	start time.Time // of the first call
}

// tracedBytes is how much of one call's data is shown.
const tracedBytes = 512

// call writes one call: when, which task, what, on which connection, with which bytes.
//
//	0.001 main task  send tcp{client} 127.0.0.1:39614 > 127.0.0.1:7  6 bytes
//	    | hello
func (t *tracer) call(c network.Call) {
	if t.start.IsZero() {
		t.start = c.Time
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%.3f %s  %s %s", c.Time.Sub(t.start).Seconds(), c.Task, strings.TrimSpace(c.Name+" "+c.What), c.Class)
	switch {
	case c.Peer != "":
		fmt.Fprintf(&b, " %s %s %s", orNone(c.Here), arrow(c.Name), c.Peer)
	case c.Here != "":
		b.WriteString(" " + c.Here)
	}
	if c.Data != "" {
		fmt.Fprintf(&b, "  %d bytes", c.Bytes)
	}
	if c.Err != "" {
		b.WriteString("  " + c.Err)
	}
	b.WriteByte('\n')
	writeData(&b, c.Data)
	_, _ = io.WriteString(t.out, b.String())
}

// orNone stands for an address that a socket doesn't have.
func orNone(address string) string {
	if address == "" {
		return "-"
	}
	return address
}

// arrow points to where a call's bytes go.
func arrow(call string) string {
	if strings.HasPrefix(call, "receive") || call == "accept" {
		return "<"
	}
	return ">"
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
