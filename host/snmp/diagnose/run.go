package diagnose

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// DefaultRetries is how often a question is sent again; less than a session does, since silence is an answer here.
const DefaultRetries = 1

// A diagnosis is one under way.
type diagnosis struct {
	o      manager.Options
	report *Report
}

// Run diagnoses how the agent takes o.User, or, without one, whether it speaks version 3 and takes o.Community. It fails only
// where it can't ask: the name isn't found, the user makes no sense, the task is cancelled.
func Run(ctx context.Context, o manager.Options) (*Report, error) {
	o.Retries = cmp.Or(o.Retries, DefaultRetries)
	if o.User != nil {
		if err := o.User.Check(); err != nil {
			return nil, err
		}
	}
	d := &diagnosis{o: o, report: new(Report)}
	for _, step := range []func(context.Context) (bool, error){d.discover, d.community, d.user, d.auth, d.priv, d.access} {
		if more, err := step(ctx); err != nil || !more {
			return d.report, err
		}
	}
	return d.report, nil
}

// discover looks whether anybody is there, and for the engine.
func (d *diagnosis) discover(ctx context.Context) (bool, error) {
	o := d.o
	o.Version, o.User, o.Engine = message.V3, nil, nil
	s, err := manager.Open(ctx, o)
	if err != nil {
		return false, err
	}
	defer s.Close()
	e, err := s.Discover(ctx)
	var timeout *manager.TimeoutError
	var line *manager.LineError
	switch {
	case errors.As(err, &timeout):
		return false, d.silent(ctx, s)
	case errors.As(err, &line):
		d.report.wrong(Reach, line.Error(), "start the agent, or correct the address, the port or the way to it")
		return false, nil
	case err != nil:
		return false, err
	}
	d.report.Engine = &e
	d.report.right(Reach, s.String()+" answers")
	d.engine(e)
	return true, nil
}

// engine looks at what discovery told.
func (d *diagnosis) engine(e manager.Engine) {
	text := fmt.Sprintf("engine %s (%s), boots %d, up for %d s", e.ID, e.ID.Describe(), e.Boots, e.Time)
	switch {
	case e.Boots == usm.Latched:
		d.report.wrong(Engine, text+": its boots are latched, it takes no authenticated message any more",
			"give its users new keys and set its boots back (RFC 3414 section 2.2.2)")
	case e.ID.Check() != nil:
		d.report.wrong(Engine, text+": "+e.ID.Check().Error(), "give the agent an engine id of 5 to 32 bytes; keys of its users change with it")
	case d.o.Engine != nil && string(d.o.Engine) != string(e.ID):
		d.report.wrong(Engine, fmt.Sprintf("%s, not %s as given", text, usm.EngineID(d.o.Engine)), "leave engine out, so that it is discovered")
	default:
		d.report.right(Engine, text)
	}
}

// silent tells agents without version 3 from those that are not there.
func (d *diagnosis) silent(ctx context.Context, s *manager.Session) error {
	o := d.o
	o.User = nil
	if len(o.Community) == 0 {
		o.Community = []byte("public")
	}
	for _, o.Version = range []message.Version{message.V2c, message.V1} {
		a, err := ask(ctx, o)
		if err != nil {
			return err
		}
		if a.known {
			d.report.right(Reach, s.String()+" answers")
			d.report.wrong(Engine, fmt.Sprintf("it answers version %s with community '%s', and is silent about version 3", o.Version, o.Community),
				"turn version 3 on at the agent, or ask with version \""+o.Version.String()+"\"")
			return nil
		}
	}
	d.report.wrong(Reach, s.String()+" is silent, about version 3 as well as about 2c and 1 with community '"+string(o.Community)+"'",
		"see whether the host is up, an agent runs on that port, and no filter or access list is in the way")
	return nil
}

// community looks whether the agent takes the community, when there is no user.
func (d *diagnosis) community(ctx context.Context) (bool, error) {
	if d.o.User != nil {
		return true, nil
	}
	if len(d.o.Community) == 0 {
		return false, nil
	}
	var taken []string
	o := d.o
	for _, o.Version = range []message.Version{message.V1, message.V2c} {
		a, err := ask(ctx, o)
		if err != nil {
			return false, err
		}
		if a.known {
			taken = append(taken, o.Version.String())
		}
	}
	if taken == nil {
		d.report.wrong(Community, fmt.Sprintf("versions 1 and 2c with community '%s' are not answered", o.Community),
			"the community is wrong, or this host may not use it, or the agent speaks version 3 only")
	} else {
		d.report.right(Community, fmt.Sprintf("community '%s' is answered in version %s", o.Community, strings.Join(taken, " and ")))
	}
	return false, nil
}

// user looks whether the engine knows the name.
func (d *diagnosis) user(ctx context.Context) (bool, error) {
	name := d.o.User.Name
	a, err := d.ask(ctx, &usm.User{Name: name})
	if err != nil {
		return false, err
	}
	switch {
	case !a.said(usm.UnknownUserNames):
		if !a.silent {
			d.report.right(User, fmt.Sprintf("the engine has a user '%s'", name))
		}
		return true, nil
	}
	var others []*usm.User
	for _, other := range []string{strings.ToLower(name), strings.ToUpper(name), strings.TrimSpace(name)} {
		if other != name && other != "" {
			others = append(others, &usm.User{Name: other})
		}
	}
	text := fmt.Sprintf("the engine has no user '%s'", name)
	for _, u := range others {
		if b, err := d.ask(ctx, u); err != nil {
			return false, err
		} else if !b.silent && !b.said(usm.UnknownUserNames) {
			d.report.wrong(User, fmt.Sprintf("%s, but one '%s'", text, u.Name), "user=\""+u.Name+"\"")
			return false, nil
		}
	}
	d.report.wrong(User, text, "make the user at the agent, or correct the name; users belong to an engine id and are lost when it changes")
	return false, nil
}
