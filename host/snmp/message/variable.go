package message

import (
	"bytes"

	"moonwire/host/snmp/ber"
)

// EncodeVar writes a variable as it stands in a PDU.
func EncodeVar(v Var) ([]byte, error) {
	e := newEncoder()
	defer e.free()
	if err := e.variable(v); err != nil {
		return nil, err
	}
	return bytes.Clone(e.Bytes()), nil
}

// DecodeVar reads a variable that EncodeVar wrote. It shares b.
func DecodeVar(b []byte) (Var, error) {
	var log ber.Log
	r := ber.NewReader(b, &log)
	if vars := readVars(&r); len(vars) > 0 {
		return vars[0], nil
	}
	return Var{}, log.Broken()
}
