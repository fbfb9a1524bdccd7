package result

// A List is a table whose keys are 1, 2, 3 and so on, or an empty one.
type List []any

// A Record is any other table: its fields, in the order in which Lua's pairs gives them.
type Record []Field

// A Field is one entry of a Record.
type Field struct {
	Name  string
	Value any
}

// Get is the field of that name, nil when there is none.
func (r Record) Get(name string) any {
	for _, f := range r {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

// An Object is a value of a class.
type Object struct {
	Text string
	Data any // what it consists of; nil: nothing but its text
}

// A Raw is JSON that an object has written itself.
type Raw string

// A Foreign is what has no place in data: a function, a task, an open socket, a table within itself.
type Foreign struct{ What string }
