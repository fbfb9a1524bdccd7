package snmp

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// baseFields are version and community.
func baseFields() []messageField {
	return []messageField{
		{"version", "string", "1, 2c or 3",
			func(_ *lua.LState, m *wireMessage) lua.LValue { return lua.LString(m.Version.String()) }, setVersion},
		bytesField("community", "of versions 1 and 2c: who asks, in clear", "a message of version 1 or 2c", func(m *message.Message) *[]byte {
			if m.V3 != nil {
				return nil
			}
			return &m.Community
		}),
	}
}

// setVersion changes the version; version 3 gets an empty header of its own.
func setVersion(_ *lua.LState, m *wireMessage, v lua.LValue) error {
	version, ok := message.VersionNamed(v.String())
	if !ok {
		return fmt.Errorf("1, 2c or 3 expected, got '%s'", v)
	}
	if m.Version = version; version != message.V3 {
		m.V3 = nil
	} else if m.V3 == nil {
		m.V3 = &message.Secure{MaxSize: math.MaxUint16 - 28, Model: message.ModelUSM}
	}
	return nil
}

// inSecure is a place in the header of version 3.
func inSecure[T any](at func(s *message.Secure) *T) place[T] {
	return func(m *message.Message) *T {
		if m.V3 == nil {
			return nil
		}
		return at(m.V3)
	}
}

// inUSM is a place in the parameters of the User-based Security Model.
func inUSM[T any](at func(s *message.Security) *T) place[T] {
	return inSecure(func(s *message.Secure) *T {
		if s.Other != nil {
			return nil
		}
		return at(&s.Security)
	})
}

// secureFields are what only version 3 has (RFC 3412 section 6, RFC 3414 section 2.4).
func secureFields() []messageField {
	const (
		v3      = "a message of version 3"
		ofUSM   = "a message of version 3 with model 3"
		inClear = "a message of version 3 that isn't encrypted"
	)
	return []messageField{
		numberField("message_id", "of version 3: the same in question and answer", v3, inSecure(func(s *message.Secure) *int32 { return &s.ID })),
		numberField("max_size", "of version 3: longest message that the sender takes, in bytes", v3, inSecure(func(s *message.Secure) *int32 { return &s.MaxSize })),
		{"flags", "string|nil", "of version 3: auth, priv and reportable, those that are set, joined by a plus", getFlags, setFlags},
		{"level", "string|nil", "of version 3: noAuthNoPriv, authNoPriv or authPriv; nil for flags that make no sense", getLevel, nil},
		numberField("model", "of version 3: 3 is the User-based Security Model", v3, inSecure(func(s *message.Secure) *int32 { return &s.Model })),
		optionalBytes("security_parameters", "of version 3: parameters of another model than 3, in place of those from engine to salt",
			func(s *message.Secure) *[]byte { return &s.Other }),
		hexField("engine", "of version 3: id of the engine that has the say, in hexadecimal digits; empty in the question that discovers it", ofUSM,
			inUSM(func(s *message.Security) *[]byte { return &s.EngineID })),
		numberField("boots", "of version 3: how often that engine started", ofUSM, inUSM(func(s *message.Security) *int32 { return &s.Boots })),
		numberField("engine_time", "of version 3: seconds since it did", ofUSM, inUSM(func(s *message.Security) *int32 { return &s.Time })),
		bytesField("user", "of version 3", ofUSM, inUSM(func(s *message.Security) *string { return &s.User })),
		bytesField("digest", "of version 3: bytes that sign the message; empty when it isn't signed", ofUSM, inUSM(func(s *message.Security) *[]byte { return &s.Auth })),
		bytesField("salt", "of version 3: bytes that make the cipher text its own; empty when it isn't encrypted", ofUSM, inUSM(func(s *message.Security) *[]byte { return &s.Priv })),
		optionalBytes("encrypted", "of version 3: bytes of the cipher text, which are what is sent; nil when it isn't encrypted",
			func(s *message.Secure) *[]byte { return &s.Encrypted }),
		hexField("context_engine", "of version 3: engine that has the variables, in hexadecimal digits; nil while it is encrypted", inClear,
			inScoped(func(s *message.Secure) *[]byte { return &s.ContextEngine })),
		bytesField("context", "of version 3: which of the engine's sets of variables; nil while it is encrypted", inClear,
			inScoped(func(s *message.Secure) *string { return &s.Context })),
	}
}

// inScoped is a place beside a PDU that can be read.
func inScoped[T any](at func(*message.Secure) *T) place[T] {
	return func(m *message.Message) *T {
		if m.V3 == nil || m.PDU == nil {
			return nil
		}
		return at(m.V3)
	}
}

// hexField is a field with bytes that Lua has in hexadecimal digits.
func hexField(name, doc, where string, at place[[]byte]) messageField {
	return messageField{name, "string|nil", doc,
		func(_ *lua.LState, m *wireMessage) lua.LValue {
			if p := at(m.Message); p != nil {
				return lua.LString(hex.EncodeToString(*p))
			}
			return lua.LNil
		},
		func(_ *lua.LState, m *wireMessage, v lua.LValue) error {
			p := at(m.Message)
			if p == nil {
				return errAbsent(where)
			}
			s, ok := v.(lua.LString)
			b, err := hex.DecodeString(strings.TrimPrefix(string(s), "0x"))
			if !ok || err != nil {
				return fmt.Errorf("hexadecimal digits expected, got %s", shown(v))
			}
			*p = b
			return nil
		}}
}

// optionalBytes is a field of version 3 that stands in place of others.
func optionalBytes(name, doc string, at func(*message.Secure) *[]byte) messageField {
	f := bytesField(name, doc, "a message of version 3", inSecure(at))
	plainGet, plainSet := f.get, f.set
	f.get = func(L *lua.LState, m *wireMessage) lua.LValue {
		if m.V3 == nil || *at(m.V3) == nil {
			return lua.LNil
		}
		return plainGet(L, m)
	}
	f.set = func(L *lua.LState, m *wireMessage, v lua.LValue) error {
		if m.V3 != nil && v == lua.LNil {
			*at(m.V3) = nil
			return nil
		}
		return plainSet(L, m, v)
	}
	return f
}

func getFlags(_ *lua.LState, m *wireMessage) lua.LValue {
	if m.V3 == nil {
		return lua.LNil
	}
	return lua.LString(m.V3.Flags.String())
}

func getLevel(_ *lua.LState, m *wireMessage) lua.LValue {
	if m.V3 == nil {
		return lua.LNil
	}
	if level, ok := usm.LevelOf(m.V3.Flags); ok {
		return lua.LString(level.String())
	}
	return lua.LNil
}

func setFlags(_ *lua.LState, m *wireMessage, v lua.LValue) error {
	if m.V3 == nil {
		return errAbsent("a message of version 3")
	}
	s, ok := v.(lua.LString)
	if !ok {
		return fmt.Errorf("string expected, got %s", decl.TypeName(v))
	}
	flags, ok := message.FlagsNamed(string(s))
	if !ok {
		return fmt.Errorf("auth, priv and reportable joined by + expected, got '%s'", s)
	}
	m.V3.Flags = flags
	return nil
}
