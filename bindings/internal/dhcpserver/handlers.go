package dhcpserver

import lua "github.com/yuin/gopher-lua"

// Handlers are a script's functions by type of message; that of 0 is for all others.
type Handlers[T ~uint8] map[T]*lua.LFunction

// NewHandlers keeps the functions that there are.
func NewHandlers[T ~uint8](all map[T]*lua.LFunction) Handlers[T] {
	h := Handlers[T]{}
	for t, f := range all {
		if f != nil {
			h[t] = f
		}
	}
	return h
}

// Of is the handler of a message; nil when there is none.
func (h Handlers[T]) Of(t T) *lua.LFunction {
	if f := h[t]; f != nil {
		return f
	}
	return h[0]
}
