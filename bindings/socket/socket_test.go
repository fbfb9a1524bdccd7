package socket_test

import (
	"testing"

	"moonwire/bindings/socket"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T)      { hosttest.RunFile(t, "testdata/socket.lua", socket.Module()) }
func TestExamples(t *testing.T) { hosttest.Examples(t, socket.Module()) }
