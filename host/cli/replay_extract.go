package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"moonwire/host/record"
)

// extract writes the files of a record into a folder. It replaces none that is there.
func extract(rec *record.Record, dir string, s Streams) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range rec.Files() {
		if err := extractOne(rec, root, name); err != nil {
			return err
		}
		fmt.Fprintln(s.Out, filepath.Join(dir, filepath.FromSlash(name)))
	}
	if rec.Cut != "" {
		fmt.Fprintf(s.Err, "moonwire: %s\n", rec.Cut)
	}
	return nil
}

func extractOne(rec *record.Record, root *os.Root, name string) error {
	from, err := rec.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	local := filepath.FromSlash(name)
	if err := root.MkdirAll(filepath.Dir(local), 0o777); err != nil {
		return err
	}
	to, err := root.OpenFile(local, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	if closed := to.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
