//go:build !linux

package cli_test

import "github.com/rogpeppe/go-internal/testscript"

func namespaces() bool { return false }

func namespace(ts *testscript.TestScript, neg bool, args []string) {
	ts.Fatalf("only Linux has network namespaces")
}
