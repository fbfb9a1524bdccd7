//go:build !unix && !windows

package lua51

import "time"

var began = time.Now()

// ProcessorTime is the time since the process began: these systems tell no more.
func ProcessorTime() time.Duration { return time.Since(began) }
