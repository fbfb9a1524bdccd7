package record

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// make writes a record of n events and a file, and leaves it as a journal or finishes it.
func written(t testing.TB, n int, finished bool) string {
	name := filepath.Join(t.TempDir(), "run.mw")
	w, err := Create(name, Header{Script: "a.lua", Place: InReal, Seed: 7}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.File(ScriptName).Write([]byte("print 'a'\n")); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		e := &Event{Is: Ask, At: int64(i), Call: "write", Sent: []Bytes{Bytes("text"), {0, 1, 2, byte(i)}}}
		if err := w.Event(e); err != nil {
			t.Fatal(err)
		}
	}
	if finished {
		err = w.Finish(End{At: 9})
	} else {
		err = w.Flush()
		t.Cleanup(w.Abandon)
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// counted reads all events.
func counted(r *Record) (int, error) {
	events, err := r.Events()
	if err != nil {
		return 0, err
	}
	defer events.Close()
	for n := 0; ; n++ {
		if _, err := events.Next(); err != nil {
			if err == io.EOF {
				err = nil
			}
			return n, err
		}
	}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	for _, finished := range []bool{false, true} {
		r, err := Open(written(t, 5, finished))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if n, err := counted(r); n != 5 || err != nil {
			t.Errorf("%d events, %v", n, err)
		}
		if b, err := r.File(ScriptName); string(b) != "print 'a'\n" || err != nil {
			t.Errorf("script %q, %v", b, err)
		}
		if finished != (r.End != nil) || finished != (r.Cut == "") || r.Header.Seed != 7 {
			t.Errorf("finished %v: %+v", finished, r)
		}
	}
}

// A journal that ends anywhere is read up to its last whole event.
func TestJournalCut(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(written(t, 5, false) + Suffix)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		b := whole[:n]
		r, err := Read(memory{bytes.NewReader(b)}, int64(n))
		if err != nil {
			if strings.Count(string(b), "\n") > 1 {
				t.Errorf("%d bytes with a whole header: %v", n, err)
			}
			continue
		}
		want := strings.Count(string(b), "\n") - 3 // magic, header, script
		if got, err := counted(r); got != max(want, 0) || err != nil || r.Cut == "" {
			t.Errorf("%d bytes: %d events, want %d; %v; cut %q", n, got, want, err, r.Cut)
		}
	}
}

// A byte that changed ends the journal before it.
func TestJournalAltered(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(written(t, 5, false) + Suffix)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(whole, []byte("text"))
	whole[at] = 'T'
	r, err := Read(memory{bytes.NewReader(whole)}, int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := counted(r); n != 4 || err != nil || !strings.Contains(r.Cut, "after event 4: a line whose checksum is wrong") {
		t.Errorf("%d events, %v, cut %q", n, err, r.Cut)
	}
}

type memory struct{ io.ReaderAt }

func (memory) Close() error { return nil }

// archived is a zip of names and contents.
func archived(t testing.TB, files ...string) *bytes.Reader {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

func TestArchiveRefused(t *testing.T) {
	t.Parallel()
	head := `{"format": 1, "script": "a.lua", "place": "real"}`
	for _, c := range []struct {
		why   string
		files []string
	}{
		{"outside the folder", []string{headerName, head, "../x", ""}},
		{"outside the folder", []string{headerName, head, "/etc/x", ""}},
		{"outside the folder", []string{headerName, head, `a\b`, ""}},
		{"there twice", []string{headerName, head, "x", "", "x", ""}},
		{"format 99 is newer", []string{headerName, `{"format": 99}`}},
		{`in place "elsewhere"`, []string{headerName, `{"format": 1, "place": "elsewhere"}`}},
		{"names no format", []string{headerName, `{}`}},
		{"record.json: ", []string{headerName, `{`}},
		{"has no record.json", []string{"x", ""}},
		{"events.jsonl is missing", []string{headerName, head}},
		{"end.json", []string{headerName, head, eventsName, ""}},
		{"longer than", []string{headerName, head, eventsName, "", endName, strings.Repeat(" ", largestHead+1)}},
	} {
		f := archived(t, c.files...)
		if _, err := Read(memory{f}, f.Size()); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%v: %v, want %q", c.files[0], err, c.why)
		}
	}
}

// A record takes no more than it may, and is whole up to there.
func TestFull(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "run.mw")
	w, err := Create(name, Header{Place: InReal}, 2000)
	if err != nil {
		t.Fatal(err)
	}
	for err = nil; err == nil; {
		err = w.Event(&Event{Is: Ask, Call: "read"})
	}
	if !errors.Is(err, ErrFull) {
		t.Fatal(err)
	}
	if err := w.Finish(End{}); err != nil {
		t.Fatal(err)
	}
	r, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := counted(r); n < 10 || err != nil || r.Cut != ErrFull.Error() {
		t.Errorf("%d events, %v, cut %q", n, err, r.Cut)
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "text\r\n\t", "\x00\xff", "é", "\xe9", `"quoted"`, "\x7f"} {
		j, err := json.Marshal(Bytes(s))
		if err != nil {
			t.Fatal(err)
		}
		var b Bytes
		if err := json.Unmarshal(j, &b); err != nil || string(b) != s {
			t.Errorf("%q became %s, then %q (%v)", s, j, b, err)
		}
	}
}

// FuzzRead reads what is no record, or a broken one: no panic, and an end.
func FuzzRead(f *testing.F) {
	for _, finished := range []bool{false, true} {
		name := written(f, 3, finished)
		if !finished {
			name += Suffix
		}
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(magic + fmt.Sprintf("%08x H {}\n", checksum('H', []byte("{}")))))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Read(memory{bytes.NewReader(b)}, int64(len(b)))
		if err != nil {
			return
		}
		_, _ = counted(r)
		for _, name := range r.Files() {
			if !safe(name) {
				t.Errorf("file %q", name)
			}
			_, _ = r.File(name)
		}
	})
}
