package dgram

import (
	"testing"

	"moonwire/host/hosttest"
)

func TestExamples(t *testing.T) { hosttest.Examples(t, Module()) }

func TestDgram(t *testing.T) { hosttest.RunFile(t, "testdata/dgram.lua", Module()) }
