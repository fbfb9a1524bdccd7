package packet

import (
	"errors"
	"fmt"
	"strings"
)

// UnknownName is the error for a layer or a field that does not exist; Known are the names that do.
type UnknownName struct {
	What  string // "layer" or "field"
	Of    string // the layer's name, for a field
	Name  string
	Known []string
}

func (e *UnknownName) Error() string {
	if e.Of == "" {
		return fmt.Sprintf("no %s named '%s'", e.What, e.Name)
	}
	return fmt.Sprintf("%s has no %s named '%s'", e.Of, e.What, e.Name)
}

// BadValue is the error for a value that a field can't hold.
type BadValue struct {
	Field  string // layer.field
	Want   string // "0 to 65535"
	Got    string
	Within string // the field of an entry, when Field is a list
}

func (e *BadValue) Error() string {
	field := e.Field
	if e.Within != "" {
		field += " (" + e.Within + ")"
	}
	return fmt.Sprintf("%s: %s expected, got %s", field, e.Want, e.Got)
}

// unfit is the error for a value that a Kind refused: err says what was expected, or what is wrong inside of a list.
func unfit(err error, v Value) error {
	var unknown *UnknownName
	if errors.As(err, &unknown) {
		return unknown
	}
	var inner *BadValue
	if errors.As(err, &inner) {
		return &BadValue{Want: inner.Want, Got: inner.Got, Within: strings.TrimPrefix(inner.Within+": "+inner.Field, ": ")}
	}
	return &BadValue{Want: err.Error(), Got: describe(v)}
}

// Absent is the error for setting a field that the layer, as its other fields are, does not have.
type Absent struct {
	Field string // layer.field
	When  string // the condition under which it is there
}

func (e *Absent) Error() string { return fmt.Sprintf("%s is there only when %s", e.Field, e.When) }
