package snmp

import (
	"moonwire/bindings/internal/names"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
)

// misfit says what a syntax has against a value.
func misfit(s *mib.Syntax, v message.Value) message.ErrorStatus {
	switch {
	case s.Base == mib.NoType:
		return message.NoError
	case names.Wire(s.Base) != v.Type:
		return message.WrongType
	case v.Type == message.TypeOctetString && s.Base == mib.OctetString && s.CheckSize(len(v.Bytes())) != nil:
		return message.WrongLength
	case v.Malformed():
		return message.WrongEncoding
	case s.Base.Number() && v.Type != message.TypeCounter64 && s.CheckInt(v.Int()) != nil:
		return message.WrongValue
	}
	return message.NoError
}
