package diagnose

import (
	"context"
	"fmt"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// access looks whether the user may see anything, with what the other steps found.
func (d *diagnosis) access(ctx context.Context) (bool, error) {
	u := d.report.User
	a, err := d.ask(ctx, u)
	if err != nil {
		return false, err
	}
	switch {
	case a.report != nil: // of the context, mostly
		d.report.wrong(Access, a.report.Error(), contextRemedy(d.o.Context))
	case a.silent:
		d.report.wrong(Access, "the agent fell silent", "ask again: messages get lost, or the agent is busy")
	case a.status != nil && a.status.Status == message.AuthorizationError:
		d.report.wrong(Access, fmt.Sprintf("the user '%s' has no access with %s", u.Name, u.Level()), accessRemedy(u.Level()))
	case a.status != nil:
		d.report.wrong(Access, a.status.Error(), "")
	case a.value.Type.Exception():
		d.report.wrong(Access, fmt.Sprintf("the user '%s' is let in and does not see sysUpTime (%s)", u.Name, a.value),
			"widen the view that the agent gives the user's group")
	default:
		d.report.right(Access, fmt.Sprintf("sysUpTime is answered, with %s", u.Level()))
	}
	return false, nil
}

func contextRemedy(context string) string {
	if context == "" {
		return ""
	}
	return "leave the context '" + context + "' out, or correct it"
}

func accessRemedy(l usm.Level) string {
	if l == usm.AuthPriv {
		return "give the user's group a view at the agent"
	}
	return "the agent may ask for more: give " + map[usm.Level]string{usm.NoAuthNoPriv: "auth and auth_password", usm.AuthNoPriv: "priv and priv_password"}[l] +
		"; or give the user's group a view for " + l.String()
}
