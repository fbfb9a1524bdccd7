// Package facts is a table of what IETF's and IANA's MIB modules define: names, OIDs, types, access, indices,
// enumerations and display hints, without any text. It comes from the modules of pysnmp (see package generate), whose
// authors allow that.
package facts

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for table.gz
	"encoding/binary"
	"io"
	"sync"

	"moonwire/host/mib/compact"
)

// packed is written by make mibs.
//
//go:embed table.gz
var packed []byte

// Table opens the table at the first call.
var Table = sync.OnceValue(func() *compact.Table {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // the file is part of the program
	}
	b := make([]byte, binary.LittleEndian.Uint32(packed[len(packed)-4:])) // the length ends the file (RFC 1952 section 2.3.1)
	if _, err := io.ReadFull(r, b); err != nil {
		panic(err)
	}
	return compact.Open(b)
})
