package agent

import (
	"fmt"
	"slices"
	"sort"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Table is variables that don't change, in order. Any number of agents may share it: nothing is made for an answer but
// the answer.
type Table struct {
	keys []string // cut out of one string
	vars [][]byte // as they stand in a PDU, cut out of one slice
}

// NewTable makes a table of variables, which may come in any order. It refuses names given twice.
func NewTable(vars []message.Var) (*Table, error) {
	order := make([]int, len(vars))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return oid.Compare(vars[a].Name, vars[b].Name) })
	var names, values []byte
	ends := make([][2]int, len(vars))
	for at, i := range order {
		v := vars[i]
		if at > 0 && v.Name.Equal(vars[order[at-1]].Name) {
			return nil, fmt.Errorf("%s is there twice", v.Name)
		}
		b, err := message.EncodeVar(v)
		if err != nil {
			return nil, err
		}
		names, values = appendKey(names, v.Name), append(values, b...)
		ends[at] = [2]int{len(names), len(values)}
	}
	t := &Table{make([]string, len(vars)), make([][]byte, len(vars))}
	text, from := string(names), [2]int{}
	for i, end := range ends {
		t.keys[i], t.vars[i] = text[from[0]:end[0]], values[from[1]:end[1]:end[1]]
		from = end
	}
	return t, nil
}

// Len is how many variables there are.
func (t *Table) Len() int { return len(t.keys) }

// Var is one of them.
func (t *Table) Var(i int) message.Var { return decoded(t.vars[i]) }

// decoded reads a variable that this package wrote.
func decoded(b []byte) message.Var {
	v, err := message.DecodeVar(b)
	if err != nil {
		panic("agent: a variable that was encoded here can't be read: " + err.Error())
	}
	return v
}

// find is the place of the first key that isn't before key.
func (t *Table) find(key []byte) int {
	return sort.Search(len(t.keys), func(i int) bool { return t.keys[i] >= string(key) })
}

// after is the place of the first key behind key. guess is where key may stand.
func (t *Table) after(key []byte, guess int) int {
	if guess >= 0 && guess < len(t.keys) && t.keys[guess] == string(key) {
		return guess + 1
	}
	i := t.find(key)
	if i < len(t.keys) && t.keys[i] == string(key) {
		i++
	}
	return i
}
