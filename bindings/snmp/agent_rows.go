package snmp

import (
	"fmt"
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// rows reads the rows of a table: a list, or by index. A row has its columns by name. What its index is, the columns of the
// index say, or the row's key.
func (t *treeReader) rows(row *mib.Node, list *lua.LTable) (err error) {
	decl.Each(list, func(k, v lua.LValue) {
		if err != nil {
			return
		}
		columns, ok := v.(*lua.LTable)
		if !ok {
			err = fmt.Errorf("row '%s': table expected, got %s", k, decl.TypeName(v))
		} else if err = t.row(row, k, columns); err != nil {
			err = fmt.Errorf("row '%s': %w", k, err)
		}
	})
	return err
}

// row reads one.
func (t *treeReader) row(row *mib.Node, key lua.LValue, columns *lua.LTable) error {
	index, err := t.index(row, key, columns)
	if err != nil {
		return err
	}
	byName := map[string]*mib.Node{}
	for _, c := range t.names.Below(row.OID) {
		byName[c.Name] = c
	}
	decl.Each(columns, func(k, v lua.LValue) {
		if err != nil {
			return
		}
		name := k.String()
		column := byName[name]
		switch {
		case column == nil && isIndex(row, name):
		case column == nil:
			err = fmt.Errorf("%s has no column '%s'%s", row.Name, name, nearestColumn(name, byName))
		case column.Access.Readable():
			if err = t.cell(column.OID.Append(index...), v); err != nil {
				err = fmt.Errorf("%s: %w", name, err)
			}
		}
	})
	return err
}

func nearestColumn(name string, columns map[string]*mib.Node) string {
	var words []string
	for w := range columns {
		words = append(words, w)
	}
	if near := decl.Nearest(name, words); near != "" {
		return fmt.Sprintf(" (did you mean '%s'?)", near)
	}
	return ""
}

func isIndex(row *mib.Node, name string) bool {
	for _, i := range row.Index {
		if i.Name == name {
			return true
		}
	}
	return false
}

// index is a row's: made of its columns, or else its key.
func (t *treeReader) index(row *mib.Node, key lua.LValue, columns *lua.LTable) (oid.OID, error) {
	var texts []string
	for _, i := range row.Index {
		v := columns.RawGetString(i.Name)
		if v == lua.LNil {
			break
		}
		texts = append(texts, v.String())
	}
	if len(texts) == len(row.Index) && len(texts) > 0 {
		return row.EncodeIndex(texts...)
	}
	if n, ok := key.(lua.LNumber); ok && len(row.Index) == 1 {
		return row.EncodeIndex(strconv.FormatInt(int64(n), 10))
	}
	if s, ok := key.(lua.LString); ok {
		if o, err := oid.Parse(string(s)); err == nil {
			return o, nil
		}
		if len(row.Index) == 1 {
			return row.EncodeIndex(string(s))
		}
	}
	return nil, fmt.Errorf("its index is missing: %s", row.IndexNames())
}
