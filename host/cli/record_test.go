package cli_test

import (
	"archive/zip"
	"os"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// killed runs a program, waits until it has made the file "ready" and waits for something, and kills it.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	cmd := command(ts, args)
	ts.Check(cmd.Start())
	waitFor(ts, ts.MkAbs("ready"))
	time.Sleep(300 * time.Millisecond) // until it waits
	ts.Check(cmd.Process.Kill())
	_ = cmd.Wait()
}

// cut writes the first bytes of a file into another one.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:n], 0o666))
}

// alter copies a record or a tool with one other byte in a file of its zip.
func alter(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: alter FILE COPY ENTRY")
	}
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, f := range z.File {
		if f.Name == args[2] {
			at, err := f.DataOffset()
			ts.Check(err)
			b[at+int64(f.CompressedSize64)/2] ^= 0x10
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o777))
}
