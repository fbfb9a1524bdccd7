package lab_test

import (
	"testing"

	"moonwire/host/hosttest"
)

func TestOutside(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/outside.lua", modules()...)
}
