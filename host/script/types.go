package script

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Type says which texts an argument may have, and which value Lua gets of them: a string, a float64 or a bool.
type Type struct {
	Name    string   // a name of types, or "one of"
	Choices []string // of "one of"
	Of      *Type    // of "list of"
	Range   *Range   // of integer, number and seconds; nil: any
}

// A Range is what a number must lie in, ends included.
type Range struct{ Min, Max float64 }

func (r Range) String() string {
	end := func(v float64) string {
		if math.IsInf(v, 0) {
			return ""
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return end(r.Min) + ".." + end(r.Max)
}

// Ends are both ends, nil for one that is open; a nil Range is open at both.
func (r *Range) Ends() (least, most *float64) {
	if r == nil {
		return nil, nil
	}
	if !math.IsInf(r.Min, 0) {
		least = &r.Min
	}
	if !math.IsInf(r.Max, 0) {
		most = &r.Max
	}
	return least, most
}

func (t Type) String() string {
	switch {
	case t.Name == "one of":
		return "one of " + strings.Join(t.Choices, "|")
	case t.Of != nil:
		return listOf + " " + t.Of.String()
	case t.Range != nil:
		return t.Name + " " + t.Range.String()
	}
	return t.Name
}

// Parse turns a text into the value that Lua gets.
func (t Type) Parse(text string) (any, error) {
	if t.Name == "one of" {
		if slices.Contains(t.Choices, text) {
			return text, nil
		}
		return nil, fmt.Errorf("'%s' is not %s%s", text, t, Meant(text, t.Choices))
	}
	if t.Of != nil {
		return t.parseList(text)
	}
	v, err := types[t.Name](text)
	if err != nil {
		return nil, fmt.Errorf("'%s' is not %s", text, t.article())
	}
	if n, ok := v.(float64); ok && t.Range != nil && !(n >= t.Range.Min && n <= t.Range.Max) {
		return nil, fmt.Errorf("'%s' is not in %s", text, t.Range)
	}
	return v, nil
}

// article is the type with its article, for a sentence.
func (t Type) article() string {
	switch t.Name {
	case "integer", "address":
		return "an " + t.Name
	case "seconds":
		return "a time in seconds (or 500ms, 2m)"
	case "ports":
		return "a list of ports (22,80,8000-8100)"
	case "rate":
		return "a rate (500pps, 20kpps, 10mbps)"
	case "size":
		return "a size in bytes (1500, 64k, 2M)"
	case "prefix":
		return "a prefix like 10.0.0.0/8"
	case "mac":
		return "a MAC address"
	}
	return "a " + t.Name
}

// types turn texts into values. Their names are the type names of the grammar.
var types = map[string]func(string) (any, error){
	"string":  func(s string) (any, error) { return s, nil },
	"file":    func(s string) (any, error) { return s, nil },
	"integer": parseInteger,
	"number":  parseNumber,
	"boolean": parseBoolean,
	"address": parseAddress,
	"port":    func(s string) (any, error) { n, err := strconv.ParseUint(s, 10, 16); return float64(n), err },
	"prefix":  parsePrefix,
	"mac":     parseMAC,
	"seconds": parseSeconds,
	"ports":   parsePorts,
	"rate":    parseRate,
	"size":    parseSize,
}

// typeNames are the types in the order that documents use.
var typeNames = []string{"string", "integer", "number", "boolean", "address", "port", "prefix", "mac", "seconds",
	"duration", "ports", "rate", "size", "file", "one of", listOf}

// ranged are the types that may have a range.
var ranged = []string{"integer", "number", "seconds", "size"}

// parseType reads TYPE of an arg line.
func parseType(text string) (Type, error) {
	name, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	if name == "one" && strings.HasPrefix(rest, "of ") {
		return parseChoices(strings.TrimPrefix(rest, "of "))
	}
	if name == "list" && strings.HasPrefix(rest, "of ") {
		of, err := parseType(strings.TrimSpace(strings.TrimPrefix(rest, "of ")))
		if err == nil && (of.Of != nil || of.Name == "ports") {
			err = fmt.Errorf("a list can't have lists within")
		}
		return Type{Name: listOf, Of: &of}, err
	}
	if name == "duration" {
		name = "seconds"
	}
	if types[name] == nil {
		return Type{}, fmt.Errorf("unknown type '%s'%s", name, Meant(name, typeNames))
	}
	t := Type{Name: name}
	if rest == "" {
		return t, nil
	}
	if !slices.Contains(ranged, name) {
		return Type{}, fmt.Errorf("type '%s' takes nothing more, got '%s'", name, rest)
	}
	r, err := parseRange(rest)
	t.Range = r
	return t, err
}

func parseChoices(text string) (Type, error) {
	var list []string
	for c := range strings.SplitSeq(text, "|") {
		if c = strings.TrimSpace(c); c == "" {
			return Type{}, fmt.Errorf("empty choice in 'one of %s'", text)
		}
		list = append(list, c)
	}
	return Type{Name: "one of", Choices: list}, nil
}

// parseRange reads MIN..MAX, where either end may be left out.
func parseRange(text string) (*Range, error) {
	low, high, ok := strings.Cut(text, "..")
	r := Range{math.Inf(-1), math.Inf(1)}
	for _, end := range []struct {
		text string
		to   *float64
	}{{low, &r.Min}, {high, &r.Max}} {
		if end.text == "" {
			continue
		}
		n, err := strconv.ParseFloat(end.text, 64)
		ok = ok && err == nil && !math.IsNaN(n)
		*end.to = n
	}
	if !ok || r.Min > r.Max {
		return nil, fmt.Errorf("a range is MIN..MAX, got '%s'", text)
	}
	return &r, nil
}

func parseInteger(s string) (any, error) {
	base := 10
	if digits, ok := strings.CutPrefix(s, "0x"); ok {
		s, base = digits, 16
	}
	n, err := strconv.ParseInt(s, base, 64)
	if err == nil && (n > 1<<53 || n < -1<<53) {
		err = strconv.ErrRange // a Lua number could not hold it
	}
	return float64(n), err
}

func parseNumber(s string) (any, error) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err
}

func parseBoolean(s string) (any, error) {
	switch s {
	case "true", "yes", "on", "1":
		return true, nil
	case "false", "no", "off", "0":
		return false, nil
	}
	return nil, strconv.ErrSyntax
}

func parseAddress(s string) (any, error) {
	a, err := netip.ParseAddr(s)
	return a.String(), err
}

func parsePrefix(s string) (any, error) {
	p, err := netip.ParsePrefix(s)
	return p.String(), err
}

func parseMAC(s string) (any, error) {
	m, err := net.ParseMAC(s)
	if err == nil && len(m) != 6 {
		err = strconv.ErrSyntax
	}
	return m.String(), err
}

// parseSeconds takes a number of seconds or Go's notation with units.
func parseSeconds(s string) (any, error) {
	if n, err := strconv.ParseFloat(s, 64); err == nil && !math.IsNaN(n) {
		return n, nil
	}
	d, err := time.ParseDuration(s)
	return d.Seconds(), err
}
