package mime

import (
	"testing"

	"moonwire/host/hosttest"
)

func TestExamples(t *testing.T) { hosttest.Examples(t, Module()) }
