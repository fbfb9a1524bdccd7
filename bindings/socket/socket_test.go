package socket_test

import (
	"testing"
	"time"

	"moonwire/bindings/socket"
	"moonwire/host/hosttest"
)

// timeout ends a script that hangs.
const timeout = 20 * time.Second

func TestLua(t *testing.T)      { hosttest.RunFile(t, "testdata/socket.lua", socket.Module()) }
func TestExamples(t *testing.T) { hosttest.Examples(t, socket.Module()) }
