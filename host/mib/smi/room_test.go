package smi

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unsafe"
)

// TestRoom reads files whose room is written over at once: what was read of them stays.
func TestRoom(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/lakeside/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, permissive := range []bool{false, true} {
			room := append([]byte{'\n'}, whole...)
			got := read(unsafe.String(unsafe.SliceData(room), len(room)), permissive)
			for i := range room {
				room[i] = '?'
			}
			if want := read("\n"+string(whole), permissive); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: what was read changed with its room", path)
			}
		}
	}
}
