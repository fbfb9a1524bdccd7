package tally

import (
	"maps"
	"testing"
)

func TestTally(t *testing.T) {
	var c Tally[uint8]
	before := c.Counts()
	c.Received(1)
	c.Received(255)
	c.Received(1)
	c.Sent(2)
	c.Dropped(Because("malformed", "byte 3"))
	c.Dropped(Because("malformed", ""))
	c.Failed()
	c.Error()
	c.Error()
	got := c.Counts()
	if !maps.Equal(got.Received, map[uint8]uint64{1: 2, 255: 1}) || !maps.Equal(got.Sent, map[uint8]uint64{2: 1}) {
		t.Errorf("by type: %v, %v", got.Received, got.Sent)
	}
	if got.Dropped["malformed"] != 2 || got.Failed != 1 || got.Errors != 2 {
		t.Errorf("counts: %+v", got)
	}
	if len(before.Received) != 0 || len(before.Dropped) != 0 {
		t.Errorf("what was told before has changed: %+v", before)
	}
}

func TestDropText(t *testing.T) {
	if a, b := Because("no subnet", "").String(), Because("no subnet", "10.0.0.1").String(); a != "no subnet" || b != "no subnet: 10.0.0.1" {
		t.Errorf("%q, %q", a, b)
	}
}
