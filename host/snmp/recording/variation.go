package recording

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"moonwire/host/decl/nearest"
	"moonwire/host/snmp/message"
)

// A Variation makes a value up when it is asked for, as the module of snmpsim with that name does.
type Variation struct {
	Module   string
	typ      message.Type
	settings settings
}

// modules are the variations that are played, and the settings that each has.
var modules = map[string][]string{
	"numeric":    {"min", "max", "initial", "rate", "function", "scale", "offset", "deviation", "cumulative", "wrap", "atime"},
	"writecache": {"value", "hexvalue", "vlist", "status", "op"},
	"delay":      {"value", "hexvalue", "wait", "deviation", "vlist", "tlist"},
	"error":      {"value", "hexvalue", "status", "op", "vlist"},
}

// newVariation reads a variation.
func newVariation(module, tag, text string) (*Variation, error) {
	known, ok := modules[module]
	if !ok {
		return nil, fmt.Errorf("%w: %s (numeric, writecache, delay and error are)", ErrVariation, module)
	}
	t, err := typeOf(tag)
	if err != nil {
		return nil, err
	}
	v := &Variation{Module: module, typ: t, settings: settings{}}
	for _, part := range split(text, ",") {
		pair := split(part, "=")
		if len(pair) != 2 {
			return nil, fmt.Errorf("%s: name=value expected, got %.60q", module, part)
		}
		if !contains(known, pair[0]) {
			near := nearest.Word(pair[0], known)
			if near != "" {
				near = fmt.Sprintf(" (did you mean '%s'?)", near)
			}
			return nil, fmt.Errorf("%s has no setting '%s'%s", module, pair[0], near)
		}
		v.settings[pair[0]] = pair[1]
	}
	return v, v.check()
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// split cuts at the longest run of a separator, of three, two or one, that there is: a shorter one can stand in what it
// parts.
func split(s, separator string) []string {
	for n := 3; n > 0; n-- {
		if run := strings.Repeat(separator, n); strings.Contains(s, run) {
			return strings.Split(s, run)
		}
	}
	return []string{s}
}

// settings are those of one entry.
type settings map[string]string

// float is a number; otherwise where it isn't given.
func (s settings) float(name string, otherwise float64) float64 {
	if f, err := strconv.ParseFloat(s[name], 64); err == nil {
		return f
	}
	return otherwise
}

// check refuses settings that can't be played.
func (v *Variation) check() error {
	for name, text := range v.settings {
		switch name {
		case "value", "hexvalue", "function", "vlist", "tlist", "status", "op":
		default:
			if _, err := strconv.ParseFloat(text, 64); err != nil {
				return fmt.Errorf("%s: %s is no number: %.60q", v.Module, name, text)
			}
		}
	}
	if _, _, err := v.value(); err != nil {
		return fmt.Errorf("%s: %w", v.Module, err)
	}
	if word := v.settings["status"]; word != "" {
		if _, ok := verdictNamed(word); !ok {
			return fmt.Errorf("%s: there is no error status '%s'", v.Module, word)
		}
	}
	if word := v.settings["op"]; word != "" && word != "get" && word != "set" && word != "any" {
		return fmt.Errorf("%s: op is get, set or any, not '%s'", v.Module, word)
	}
	if _, err := v.function(); err != nil {
		return err
	}
	for _, name := range []string{"vlist", "tlist"} {
		if _, err := v.conditions(name); err != nil {
			return fmt.Errorf("%s: %s: %w", v.Module, name, err)
		}
	}
	return nil
}

// value is the one that the settings give; false when they give none.
func (v *Variation) value() (message.Value, bool, error) {
	if digits, ok := v.settings["hexvalue"]; ok {
		if _, err := hex.DecodeString(digits); err != nil {
			return message.Value{}, false, fmt.Errorf("hexvalue is not in hexadecimal digits: %.60q", digits)
		}
		value, err := octets(v.typ, digits)
		return value, true, err
	}
	text, ok := v.settings["value"]
	if !ok {
		return message.NoSuchInstance, false, nil
	}
	value, err := plain(v.typ, text)
	return value, true, err
}
