package tell

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
	"moonwire/host/record"
)

// longest is how much of a text one line shows.
const longest = 100

func short(text string) string {
	if len(text) > longest {
		return text[:longest] + "..."
	}
	return text
}

// quoted shows bytes as text, or as hexadecimal digits.
func quoted(b record.Bytes) string {
	if len(b) > longest {
		return strconv.QuoteToASCII(string(b[:longest])) + "..."
	}
	return strconv.QuoteToASCII(string(b))
}

// firstArgument is a call's first argument as text.
func firstArgument(e *record.Event) string {
	var args []any
	if json.Unmarshal(e.Args, &args) != nil || len(args) == 0 {
		return ""
	}
	return plain(args[0])
}

// arguments are a call's arguments behind a blank, those that say nothing left out.
func arguments(e *record.Event) string {
	var args []any
	if json.Unmarshal(e.Args, &args) != nil {
		return ""
	}
	text := ""
	for _, a := range args {
		if p := plain(a); p != "" {
			text += " " + p
		}
	}
	return short(text)
}

// plain is a value of JSON in words.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case map[string]any:
		return object(v)
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, plain(x))
		}
		return strings.Join(parts, ", ")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// object shows what isn't zero; an address and bytes as what they are.
func object(v map[string]any) string {
	if a, ok := v["addr"].(string); ok && v["net"] != nil {
		return a
	}
	if h, ok := v["hex"].(string); ok && len(v) == 1 {
		return h
	}
	var parts []string
	for k, x := range v {
		if p := plain(x); p != "" && p != "0" && p != "false" {
			parts = append(parts, k+" "+p)
		}
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return ""
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// outcome is how a call ended, behind an arrow; "" when there is nothing to say but that it did.
func outcome(call string, e *record.Event) string {
	text := ""
	if got := answer(call, e.Answer); got != "" {
		text = " = " + got
	}
	if e.Error != nil {
		text += " ! " + e.Error.Err().Error()
	}
	return text
}

// answer tells an answer.
func answer(call string, raw json.RawMessage) string {
	switch call {
	case "read", "tryread", "stdin", "file.read":
		var b record.Bytes
		if json.Unmarshal(raw, &b) == nil && len(b) > 0 {
			return fmt.Sprintf("%s (%s)", quoted(b), count(len(b), "byte"))
		}
	case "readframes":
		var frames []struct{ Data record.Bytes }
		if json.Unmarshal(raw, &frames) == nil {
			return framesText(frames)
		}
	case "print":
		return ""
	}
	var d struct {
		Data *record.Bytes
		Meta struct{ Peer *record.Addr }
	}
	if json.Unmarshal(raw, &d) == nil && d.Data != nil {
		from := ""
		if d.Meta.Peer != nil {
			from = " from " + d.Meta.Peer.Addr
		}
		if len(*d.Data) == 0 && from == "" {
			return ""
		}
		return fmt.Sprintf("%s (%s)%s", quoted(*d.Data), count(len(*d.Data), "byte"), from)
	}
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	if v == true {
		return "true"
	}
	return short(plain(v))
}

func framesText(frames []struct{ Data record.Bytes }) string {
	text := count(len(frames), "frame")
	for _, f := range frames {
		text += "\n" + indent + "< " + frameLine(f.Data)
	}
	return text
}

// registry knows the layers of packets. It is large: most runs of moonwire never need it.
var registry = sync.OnceValue(layers.Registry)

// decoded is an Ethernet frame as a packet.
func decoded(frame []byte) *packet.Packet {
	known := registry()
	first, err := known.Lookup("eth")
	if err != nil {
		first, _ = known.Lookup("raw")
	}
	return packet.Decode(known, frame, first)
}

// frameLine is a frame in one line.
func frameLine(frame []byte) string { return decoded(frame).String() }
