package csv_test

import (
	"testing"

	"moonwire/bindings/csv"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/csv.lua", csv.Module()) }
