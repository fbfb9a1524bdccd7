package mib2

import (
	"math"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// setSerial is SNMPv2-MIB's snmpSet group, with which managers that set in turns keep out of each other's way.
var setSerial = oid.OID{1, 3, 6, 1, 6, 3, 1, 1, 6}

// snmpEnableAuthenTraps is the column of the snmp group that belongs to the host; the others are the agent's counters.
const snmpEnableAuthenTraps = 30

var snmpGroups = []*group{
	{root: at(11), rows: authenTraps, set: setAuthenTraps},
	{root: setSerial, rows: serial, set: setSerialNo},
}

func authenTraps(v *View) []row {
	v.host.mu.Lock()
	defer v.host.mu.Unlock()
	return scalars(cells{snmpEnableAuthenTraps: number(status(v.host.authTraps))})
}

func setAuthenTraps(h *Host, _ row, column uint32, v message.Value) (*Change, message.ErrorStatus) {
	if column != snmpEnableAuthenTraps {
		return nil, message.NotWritable
	}
	on, bad := choice(v, up, down)
	if bad != message.NoError {
		return nil, bad
	}
	return remember(h, &h.authTraps, on == up), message.NoError
}

func serial(v *View) []row {
	v.host.mu.Lock()
	defer v.host.mu.Unlock()
	return scalars(cells{1: message.Integer(int64(v.host.serial))})
}

// setSerialNo takes the number that there is, and counts on (RFC 2579, TestAndIncr).
func setSerialNo(h *Host, _ row, _ uint32, v message.Value) (*Change, message.ErrorStatus) {
	switch {
	case v.Type != message.TypeInteger:
		return nil, message.WrongType
	case v.Int() < 0 || v.Int() > math.MaxInt32:
		return nil, message.WrongValue
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if int32(v.Int()) != h.serial {
		return nil, message.InconsistentValue
	}
	return remember(h, &h.serial, int32((int64(h.serial)+1)&math.MaxInt32)), message.NoError
}
