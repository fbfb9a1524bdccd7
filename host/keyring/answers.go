package keyring

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// answers is the file of the packs that were said yes to, one ID a line. An ID stands for a whole manifest, so a pack that
// changes in anything has to ask again.
func (s *Store) answers() string { return filepath.Join(s.dir, "allowed") }

// Allowed says whether the user once let the pack of this ID do what it asks for.
func (s *Store) Allowed(id string) bool {
	text, err := os.ReadFile(s.answers())
	return err == nil && slices.Contains(strings.Fields(string(text)), id)
}

// Allow remembers that the user did.
func (s *Store) Allow(id string) error {
	if s.Allowed(id) {
		return nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(s.answers(), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(id + "\n")
	return errors.Join(err, f.Close())
}
