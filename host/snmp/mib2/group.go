package mib2

import (
	"maps"
	"slices"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A group is a table, whose root is that of its entry, or some scalars: a table with one row, of index 0.
type group struct {
	root oid.OID
	rows func(*View) []row
	// set prepares a change of a row that is there; nil: nothing can be written.
	set func(h *Host, r row, column uint32, v message.Value) (*Change, message.ErrorStatus)
}

// A row is an index and the columns that have a value.
type row struct {
	index []uint32
	cells cells
	of    string // the interface that it is about
}

type cells map[uint32]message.Value

// at makes the root of a group below mib-2 (1.3.6.1.2.1).
func at(numbers ...uint32) oid.OID { return append(oid.OID{1, 3, 6, 1, 2, 1}, numbers...) }

// scalars is the one row of a group of scalars.
func scalars(c cells) []row { return []row{{index: []uint32{0}, cells: c}} }

// known leaves out what has no value.
func known(rows []row) []row {
	for _, r := range rows {
		maps.DeleteFunc(r.cells, func(_ uint32, v message.Value) bool { return v.Type == 0 })
	}
	return rows
}

// sorted brings rows into the order of their indices; of those with the same index the first stays.
func sorted(rows []row) []row {
	slices.SortStableFunc(rows, func(a, b row) int { return slices.Compare(a.index, b.index) })
	return slices.CompactFunc(rows, func(a, b row) bool { return slices.Equal(a.index, b.index) })
}

// columns are those that any of the rows has.
func columns(rows []row) []uint32 {
	all := map[uint32]bool{}
	for _, r := range rows {
		for c := range r.cells {
			all[c] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// find is the row and the column of a name below root.
func find(rows []row, rest oid.OID) (row, uint32, bool) {
	if len(rest) == 0 {
		return row{}, 0, false
	}
	i, ok := slices.BinarySearchFunc(rows, rest[1:], func(r row, index oid.OID) int { return slices.Compare(r.index, index) })
	if !ok {
		return row{}, 0, false
	}
	return rows[i], rest[0], true
}

// after is the first value behind a name below root; with nil, the first of all. Tables go column by column.
func after(rows []row, rest oid.OID) (r row, column uint32, ok bool) {
	for _, column := range columns(rows) {
		if len(rest) > 0 && column < rest[0] {
			continue
		}
		begin := 0
		if len(rest) > 0 && column == rest[0] {
			i, same := slices.BinarySearchFunc(rows, rest[1:], func(r row, index oid.OID) int { return slices.Compare(r.index, index) })
			begin = i
			if same {
				begin++
			}
		}
		for _, r := range rows[begin:] {
			if _, has := r.cells[column]; has {
				return r, column, true
			}
		}
	}
	return row{}, 0, false
}
