//go:build interop && unix

package snmptest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"moonwire/host/network/nettest/peer"
)

// Run runs a program of net-snmp's, or any other, and returns what it printed on both streams. It fails the test when the
// program does.
func Run(t *testing.T, program string, args ...string) string {
	t.Helper()
	text, code := Try(t, program, args...)
	if code != 0 {
		t.Fatalf("%s %s: exit code %d\n%s", program, strings.Join(args, " "), code, text)
	}
	return text
}

// Try is Run for a program that may fail; its exit code comes too.
func Try(t *testing.T, program string, args ...string) (string, int) {
	t.Helper()
	return try(t, "", program, args...)
}

// Pysnmp runs a script in Python, which may import pysnmp, and returns what it printed. It fails the test when the script
// does.
func Pysnmp(t *testing.T, script string, args ...string) string {
	t.Helper()
	text, code := try(t, script, "/usr/bin/python3", append([]string{"-"}, args...)...)
	if code != 0 {
		t.Fatalf("the script ended with exit code %d\n%s", code, text)
	}
	return text
}

func try(t *testing.T, input, program string, args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), peer.Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), environment(t, t.TempDir())...)
	cmd.Stdin = strings.NewReader(input)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var code *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("%s %s still runs after %v\n%s", program, strings.Join(args, " "), peer.Patience, &out)
	case err != nil && !errors.As(err, &code):
		t.Fatalf("%v: install it with .ci/peers", err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}
