//go:build interop

package host_test

import (
	"errors"
	"os"
	"regexp"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"moonwire/host/vm"
)

// TestBombs runs what wants to use up all there is. What they want stays bounded, and the error names the flag.
func TestBombs(t *testing.T) {
	b, err := os.ReadFile("testdata/attacks/bombs.lua")
	must(t, err)
	for _, part := range strings.Split(string(b), "\n--- ")[1:] {
		head, source, _ := strings.Cut(part, "\n")
		name, says, _ := strings.Cut(head, ": ")
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			s := newScene(t)
			s.where.Limits = vm.Limits{Instructions: 5_000_000, Memory: heap() + 64<<20, Output: 1 << 20, Handles: 200, Timeout: 5 * time.Minute} // which none of them may need
			must(t, os.WriteFile(s.own+"/sockets.lua", []byte(`local socket, all = require "socket", {} for i = 1, 50 do all[i] = assert(socket.udp4()) end require "task".sleep(1000)`), 0o644))
			begun := time.Now()
			out, err := s.play(t, attack{name: "bomb", source: source, grants: "read OWN; write OWN"})
			var raised *vm.Error
			if err == nil || !errors.As(err, &raised) || !regexp.MustCompile(says).MatchString(err.Error()) || strings.Contains(err.Error(), "time limit") {
				t.Errorf("after %s: %.300v", time.Since(begun), err)
			}
			if err != nil && strings.Contains(err.Error(), "goroutine") {
				t.Errorf("Go shows: %v", err)
			}
			if len(out) > 2<<20 {
				t.Errorf("%d bytes came out", len(out))
			}
			var written int64
			for _, file := range []string{"big", "big.pcap"} {
				if info, err := os.Stat(s.own + "/" + file); err == nil {
					written += info.Size()
				}
			}
			if written > 2<<20 {
				t.Errorf("%d bytes were written", written)
			}
		})
	}
}

func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
