package tool

import (
	"bytes"
	"fmt"
	"slices"
)

// Build puts a pack behind a moonwire, of this system or another one. Of a base that is a tool the moonwire is taken and
// the recipe left. The same input gives the same bytes.
func Build(base, payload []byte) ([]byte, System, error) {
	system, err := systemOf(base)
	if err != nil {
		return nil, system, err
	}
	at, err := findSlot(base)
	if err != nil {
		return nil, system, err
	}
	out := slices.Clone(base)
	if begin, length := place(base[at:]); length != 0 {
		if begin < int64(at) || begin > int64(len(base)) {
			return nil, system, errLost
		}
		out = out[:begin]
	}
	if system.OS == "darwin" {
		out, err = appendMacho(out, base, payload, at)
		return out, system, err
	}
	setPlace(out[at:], len(out), len(payload))
	return append(out, payload...), system, nil
}

// Matches says whether made is a tool of this payload, as Build makes it.
func Matches(made, payload []byte) error {
	at, err := findSlot(made)
	if err != nil {
		return err
	}
	begin, length := place(made[at:])
	if begin < 0 || length != int64(len(payload)) || begin+length > int64(len(made)) || !bytes.Equal(made[begin:begin+length], payload) {
		return fmt.Errorf("the pack isn't where the slot says")
	}
	return nil
}
