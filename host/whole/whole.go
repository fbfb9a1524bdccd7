// Package whole writes files that are either whole or as they were before, whenever the process ends.
package whole

import (
	"errors"
	"os"
	"path/filepath"
)

// Write puts data into the file name. It is written beside it first and takes its place in one step. What is no plain file,
// such as /dev/stdout, is written to as it is.
func Write(name string, data []byte) error {
	mode := os.FileMode(0o644)
	if old, err := os.Stat(name); err == nil {
		if !old.Mode().IsRegular() {
			return os.WriteFile(name, data, 0)
		}
		mode = old.Mode().Perm()
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real // the link stays
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
