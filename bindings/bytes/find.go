package bytes

import (
	"context"
	"strings"
)

type findArgs struct {
	Data string `lua:"data" doc:"where to look"`
	What string `lua:"what" doc:"the bytes to look for; no character is special"`
	From int    `lua:"from" range:"1.." doc:"position to begin at"`
}

// found is a place, 1-based, or nothing.
type found struct {
	First int `lua:"ret.first?" doc:"position of its first byte, nil when it isn't there"`
	Last  int `lua:"ret.last?" doc:"position of its last byte"`
}

func find(_ context.Context, a findArgs) (found, error) {
	if a.From > len(a.Data)+1 {
		return found{}, nil
	}
	i := strings.Index(a.Data[a.From-1:], a.What)
	if i < 0 {
		return found{}, nil
	}
	return found{a.From + i, a.From + i + len(a.What) - 1}, nil
}
