package lua51

import (
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// sorter sorts t[1] to t[n] with the reference library's quicksort, so that an order function sees the same pairs and
// equal items end up in the same places.
type sorter struct {
	L    *lua.LState
	t    *lua.LTable
	less *lua.LFunction // nil: <
}

func (l *library) tableSort(L *lua.LState) int {
	s := sorter{L: L, t: checkTable(L, 1)}
	if !missing(L, 2) {
		s.less = checkFunction(L, 2)
	}
	s.sort(1, machine.Length(s.t))
	return 0
}

func (s *sorter) at(i int) lua.LValue { return item(s.t, i) }

func (s *sorter) set(i int, v lua.LValue) { s.t.RawSetInt(i, v) }

func (s *sorter) before(a, b lua.LValue) bool {
	if s.less == nil {
		return machine.Less(s.L, a, b)
	}
	ret(s.L, s.less, a, b)
	machine.Call(s.L, 2, 1)
	result := lua.LVAsBool(s.L.Get(-1))
	s.L.Pop(1)
	return result
}

// order swaps items i and j when they stand in the wrong order.
func (s *sorter) order(i, j int) {
	if a, b := s.at(i), s.at(j); s.before(b, a) {
		s.set(i, b)
		s.set(j, a)
	}
}

func (s *sorter) sort(low, high int) {
	for low < high {
		s.order(low, high)
		if high-low == 1 {
			return
		}
		middle := (low + high) / 2
		if m, a := s.at(middle), s.at(low); s.before(m, a) {
			s.set(middle, a)
			s.set(low, m)
		} else if b := s.at(high); s.before(b, m) {
			s.set(middle, b)
			s.set(high, m)
		}
		if high-low == 2 {
			return
		}
		split := s.partition(low, high, middle)
		if split-low < high-split {
			s.sort(low, split-1)
			low = split + 1
		} else {
			s.sort(split+1, high)
			high = split - 1
		}
	}
}

// partition puts what is less than the middle item before it, the others behind, and returns its place.
func (s *sorter) partition(low, high, middle int) int {
	pivot := s.at(middle)
	s.set(middle, s.at(high-1))
	s.set(high-1, pivot)
	i, j := low, high-1
	for {
		a := s.at(i + 1)
		for i++; s.before(a, pivot); a = s.at(i) {
			if i > high {
				s.invalid()
			}
			i++
		}
		b := s.at(j - 1)
		for j--; s.before(pivot, b); b = s.at(j) {
			if j < low {
				s.invalid()
			}
			j--
		}
		if j < i {
			break
		}
		s.set(i, b)
		s.set(j, a)
	}
	at, last := s.at(i), s.at(high-1)
	s.set(high-1, at)
	s.set(i, last)
	return i
}

func (s *sorter) invalid() { machine.Error(s.L, 1, "invalid order function for sorting") }
