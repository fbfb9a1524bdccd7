package mac

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed" // for vendors.gz
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"

	"moonwire/host/decl"
)

// vendorsGz is IEEE's public listing of August 2022; vendors_gen.go writes it anew from a newer one.
//
//go:embed vendors.gz
var vendorsGz []byte

// vendors maps prefixes, in hexadecimal digits, to names.
var vendors = sync.OnceValue(func() map[string]string {
	r, err := gzip.NewReader(bytes.NewReader(vendorsGz))
	if err != nil {
		panic(err) // the file is part of the program
	}
	text, err := io.ReadAll(r)
	if err != nil {
		panic(err)
	}
	byPrefix := make(map[string]string, 50000)
	for line := range strings.Lines(string(text)) {
		name, prefixes, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		for prefix := range strings.SplitSeq(prefixes, " ") {
			byPrefix[prefix] = name
		}
	}
	return byPrefix
})

// Vendor is who has the longest prefix of m: 36, 28 or 24 bits.
func Vendor(m net.HardwareAddr) (string, bool) {
	digits := hex.EncodeToString(m)
	for _, n := range []int{9, 7, 6} {
		if name, ok := vendors()[digits[:n]]; ok {
			return name, true
		}
	}
	return "", false
}

func vendor(_ context.Context, a macArgs) (string, error) {
	if name, ok := Vendor(a.MAC); ok {
		return name, nil
	}
	why := "no vendor has it"
	if a.MAC[0]&localBit != 0 {
		why = "it is locally administered"
	}
	return "", decl.Refuse(decl.NotFound, fmt.Errorf("mac.vendor: %s: %s", a.MAC, why))
}
