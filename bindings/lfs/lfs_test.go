//go:build unix

package lfs_test

import (
	"testing"

	"moonwire/bindings/lfs"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/lfs.lua", lfs.Module()) }
