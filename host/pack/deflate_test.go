package pack

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"testing"
)

func crc(data []byte) uint32 { return crc32.ChecksumIEEE(data) }

func deflatedBytes(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
