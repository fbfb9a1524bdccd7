//go:build !unix && !windows

package lua51

import "time"

var began = time.Now()

// processorTime is the time since the process began: these systems tell no more.
func processorTime() time.Duration { return time.Since(began) }
