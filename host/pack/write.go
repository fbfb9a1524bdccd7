package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"moonwire/host/script"

	"aead.dev/minisign"
)

// A Recipe is what a pack is made of.
type Recipe struct {
	Name    string
	Version string            // "": the header's, or 0
	Main    string            // the file that runs
	Files   map[string][]byte // by path
	Flags   []string          // of a built tool
	Needs   []string          // what it asks for; nil: all that the header declares
}

// manifest describes the recipe. It refuses what a reader would refuse.
func (r *Recipe) manifest() (*Manifest, error) {
	h, err := script.Parse(r.Main, string(r.Files[r.Main]))
	if err != nil {
		return nil, err
	}
	m := &Manifest{Format: Format, Name: r.Name, Version: r.version(h), Title: h.Title, Main: r.Main, Needs: needsOf(h), Flags: r.Flags, Files: []File{}}
	for path, data := range r.Files {
		m.Files = append(m.Files, newFile(path, data))
	}
	if r.Needs != nil {
		m.Needs = r.Needs
	}
	if err := m.checkNeeds(h); err != nil {
		return nil, err
	}
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return m, m.check()
}

func (r *Recipe) version(h *script.Header) string {
	switch {
	case r.Version != "":
		return r.Version
	case h.Version != "":
		return h.Version
	}
	return "0"
}

// Write writes the pack of a recipe, signed when there is a key. Equal recipes give equal bytes.
func Write(w io.Writer, r *Recipe, key *minisign.PrivateKey) error {
	m, err := r.manifest()
	if err != nil {
		return err
	}
	text := m.encode()
	z := zip.NewWriter(w)
	if err := add(z, manifestName, text); err != nil {
		return err
	}
	if key != nil {
		if err := add(z, signatureName, sign(*key, m, text)); err != nil {
			return err
		}
	}
	for _, f := range m.Files {
		if err := add(z, f.Path, r.Files[f.Path]); err != nil {
			return err
		}
	}
	return z.Close()
}

// add writes one file without a time, stored where deflating it gains little or too much.
func add(z *zip.Writer, path string, data []byte) error {
	var b bytes.Buffer
	f, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return err
	}
	method, packed := uint16(zip.Deflate), b.Bytes()
	if len(packed) >= len(data) || len(data)/(maxGrowth/2) > len(packed) {
		method, packed = zip.Store, data
	}
	h := &zip.FileHeader{Name: path, Method: method, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(data))}
	h.ModifiedDate = firstDay //lint:ignore SA1019 CreateRaw writes this field, not Modified
	h.SetMode(0o644)
	h.CreatorVersion, h.ReaderVersion = writtenBy, needed
	h.Flags = flagsOf(path)
	w, err := z.CreateRaw(h)
	if err == nil {
		_, err = w.Write(packed)
	}
	return err
}
