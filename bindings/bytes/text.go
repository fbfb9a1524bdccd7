package bytes

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"moonwire/host/decl"
)

type hexArgs struct {
	Data      []byte `lua:"data" doc:"any bytes"`
	Separator string `lua:"separator?" doc:"between bytes"`
}

// toHex writes bytes in lower-case hexadecimal.
func toHex(_ context.Context, a hexArgs) (string, error) {
	text := hex.EncodeToString(a.Data)
	if a.Separator == "" {
		return text, nil
	}
	pairs := make([]string, len(a.Data))
	for i := range pairs {
		pairs[i] = text[2*i : 2*i+2]
	}
	return strings.Join(pairs, a.Separator), nil
}

type textArgs struct {
	Text string `lua:"text" doc:"what to decode"`
}

// fromHex reads hexadecimal; white space, colons, dots and dashes between bytes don't count.
func fromHex(_ context.Context, a textArgs) ([]byte, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n:-.", r) {
			return -1
		}
		return r
	}, a.Text)
	out, err := hex.DecodeString(digits)
	if err != nil {
		return nil, decl.Refuse(decl.Malformed, fmt.Errorf("bytes.unhex: %s", notHex(digits)))
	}
	return out, nil
}

// notHex says why digits are no bytes.
func notHex(digits string) string {
	for _, r := range digits {
		if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return fmt.Sprintf("%q is no hexadecimal digit", r)
		}
	}
	return "odd number of digits"
}

type dataArgs struct {
	Data []byte `lua:"data" doc:"any bytes"`
}

func toBase64(_ context.Context, a dataArgs) (string, error) {
	return base64.StdEncoding.EncodeToString(a.Data), nil
}

// fromBase64 reads RFC 4648's alphabet or its URL one, padded or not; line ends don't count.
func fromBase64(_ context.Context, a textArgs) ([]byte, error) {
	text := strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "").Replace(a.Text)
	out, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, decl.Refuse(decl.Malformed, fmt.Errorf("bytes.unbase64: %s", err))
	}
	return out, nil
}

type dumpArgs struct {
	Data   []byte `lua:"data" doc:"any bytes"`
	Width  int    `lua:"opts.width" range:"1..64" doc:"bytes in a line"`
	Offset uint32 `lua:"opts.offset" doc:"number of the first byte"`
}

// hexdump draws bytes as offset, hexadecimal and text, a line for every width of them.
func hexdump(_ context.Context, a dumpArgs) (string, error) {
	var b strings.Builder
	for i := 0; i < len(a.Data); i += a.Width {
		line := a.Data[i:min(i+a.Width, len(a.Data))]
		fmt.Fprintf(&b, "%08x  %-*s  %s\n", int(a.Offset)+i, 3*a.Width-1, fmt.Sprintf("% x", line), printable(line))
	}
	return b.String(), nil
}

// printable is text with a dot for what is no ASCII letter, digit or sign.
func printable(line []byte) string {
	text := make([]byte, len(line))
	for i, c := range line {
		if c < ' ' || c > '~' {
			c = '.'
		}
		text[i] = c
	}
	return string(text)
}
