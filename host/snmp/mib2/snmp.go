package mib2

import "moonwire/host/snmp/message"

// snmpEnableAuthenTraps is the column of the snmp group that belongs to the host; the others are the agent's counters.
const snmpEnableAuthenTraps = 30

var snmpGroups = []*group{
	{root: at(11), rows: authenTraps, set: setAuthenTraps},
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
