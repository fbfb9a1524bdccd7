package mib_test

import (
	"testing"

	"moonwire/bindings/mib"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/mib.lua", mib.Module()) }

func TestExamples(t *testing.T) { hosttest.Examples(t, mib.Module()) }
