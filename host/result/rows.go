package result

import "slices"

// A sheet is a result as rows and columns.
type sheet struct {
	columns []string // nil: the rows are lists without names
	rows    [][]any
}

// value names the column of values that are no records.
const value = "value"

// sheetOf makes a sheet. A list of records has a row for each; a record is one row; a list of lists has rows without
// names. Columns are the declared ones, all of them, and then what else the records have, in the order of their
// appearance.
func sheetOf(v any, declared []string) sheet {
	list, is := v.(List)
	switch {
	case v == nil:
		return sheet{columns: declared}
	case !is:
		list = List{v}
	case len(list) > 0 && !slices.ContainsFunc(list, isNoList):
		return plainSheet(list)
	}
	s := sheet{columns: slices.Clone(declared)}
	at := map[string]int{}
	for i, c := range s.columns {
		at[c] = i
	}
	for _, item := range list {
		record := recordOf(item)
		row := make([]any, len(s.columns), len(s.columns)+len(record))
		for _, f := range record {
			i, known := at[f.Name]
			if !known {
				i = len(s.columns)
				at[f.Name] = i
				s.columns = append(s.columns, f.Name)
				row = append(row, nil)
			}
			row[i] = f.Value
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func isNoList(v any) bool { _, is := v.(List); return !is }

func plainSheet(list List) sheet {
	var s sheet
	for _, item := range list {
		s.rows = append(s.rows, item.(List))
	}
	return s
}

// recordOf is a value as one row with names.
func recordOf(v any) Record {
	switch v := v.(type) {
	case Record:
		return v
	case Object:
		if r, is := v.Data.(Record); is {
			return r
		}
	}
	return Record{{value, v}}
}

// cell is the value of a row in a column; rows may be short of columns that came later.
func cell(row []any, i int) any {
	if i < len(row) {
		return row[i]
	}
	return nil
}
