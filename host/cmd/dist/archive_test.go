package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"testing"
)

var some = []file{{name: "moonwire", data: []byte("binary"), program: true}, {name: "LICENSE", data: []byte("words")}}

// Packing twice gives the same bytes.
func TestReproducible(t *testing.T) {
	for _, pack := range []func(string, []file) (file, error){tarred, zipped} {
		a, err := pack("folder", some)
		if err != nil {
			t.Fatal(err)
		}
		b, err := pack("folder", some)
		if err != nil || !bytes.Equal(a.data, b.data) {
			t.Errorf("%s differs, %v", a.name, err)
		}
	}
}

func TestTarred(t *testing.T) {
	a, err := tarred("folder", some)
	if err != nil || a.name != "folder.tar.gz" {
		t.Fatal(a.name, err)
	}
	z, err := gzip.NewReader(bytes.NewReader(a.data))
	if err != nil {
		t.Fatal(err)
	}
	h, err := tar.NewReader(z).Next()
	if err != nil || h.Name != "folder/moonwire" || h.Mode != 0o755 || h.Size != 6 {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestZipped(t *testing.T) {
	a, err := zipped("folder", some)
	if err != nil || a.name != "folder.zip" {
		t.Fatal(a.name, err)
	}
	z, err := zip.NewReader(bytes.NewReader(a.data), int64(len(a.data)))
	if err != nil {
		t.Fatal(err)
	}
	if f := z.File[0]; f.Name != "folder/moonwire" || f.Mode() != 0o755 || f.UncompressedSize64 != 6 {
		t.Errorf("%+v", f.FileHeader)
	}
}
