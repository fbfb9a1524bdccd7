// Package facts is a table of what IETF's and IANA's MIB modules and net-snmp's own define: names, OIDs, types, access,
// indices, enumerations and display hints, without any text. It comes from pysnmp, pysnmp-mibs and net-snmp, whose licences
// allow that, and from IANA's registries (see package generate, which also mends what the sources have wrong).
//
// It lacks the status and the units of most objects, which the sources don't tell, and IEEE's modules (LLDP, 802.1 and 802.3
// beside those that the IETF wrote). Its editions of VRRP-MIB, ISCSI-MIB and ENTITY-MIB are the older ones: RFC 2787, RFC 4544,
// RFC 4133 with RFC 6933's entPhysicalUUID.
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
var Table = sync.OnceValue(open)

func open() *compact.Table {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // the file is part of the program
	}
	b := make([]byte, binary.LittleEndian.Uint32(packed[len(packed)-4:])) // the length ends the file (RFC 1952 section 2.3.1)
	if _, err := io.ReadFull(r, b); err != nil {
		panic(err)
	}
	return compact.Open(b)
}
