package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io/fs"
	"time"
)

// A file is one entry of an archive, or an archive.
type file struct {
	name    string
	data    []byte
	program bool
}

func (f file) mode() fs.FileMode {
	if f.program {
		return 0o755
	}
	return 0o644
}

// changed is the time of every entry: the first that zip can hold. Real times would differ from build to build.
var changed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// tarred packs the files below one folder.
func tarred(folder string, files []file) (file, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return file{}, err
	}
	t := tar.NewWriter(z)
	for _, f := range files {
		h := &tar.Header{Name: folder + "/" + f.name, Mode: int64(f.mode()), Size: int64(len(f.data)), ModTime: changed,
			Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(h); err != nil {
			return file{}, err
		}
		if _, err := t.Write(f.data); err != nil {
			return file{}, err
		}
	}
	if err := t.Close(); err != nil {
		return file{}, err
	}
	err = z.Close()
	return file{name: folder + ".tar.gz", data: out.Bytes()}, err
}

// zipped does the same for systems where people have no tar.
func zipped(folder string, files []file) (file, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		h := &zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: changed}
		h.SetMode(f.mode())
		w, err := z.CreateHeader(h)
		if err != nil {
			return file{}, err
		}
		if _, err := w.Write(f.data); err != nil {
			return file{}, err
		}
	}
	err := z.Close()
	return file{name: folder + ".zip", data: out.Bytes()}, err
}
