package script

import (
	"io/fs"
	"path"
	"slices"
	"testing"

	"moonwire/scripts"
)

// Skim reads the same as Parse.
func TestSkim(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(scripts.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ".lua" {
			return err
		}
		src, err := fs.ReadFile(scripts.FS, file)
		if err != nil {
			return err
		}
		whole, err := Parse(file, string(src))
		if err != nil {
			return err
		}
		h := Skim(string(src))
		if h.Title != whole.Title || h.About != whole.About || !slices.Equal(h.Categories, whole.Categories) || h.Lines != whole.Lines {
			t.Errorf("%s: skimmed %+v, parsed %+v", file, h, whole)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
