package notify

import (
	"bytes"
	"fmt"
	"strings"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// A User is who may send notifications of version 3. Users of one name may differ by engine.
type User struct {
	*usm.User
	Engine usm.EngineID // the only one that it sends from; nil: any
	Least  usm.Level    // messages that are protected less are refused
}

// users are those of a Listener. Informs are for the own engine, traps come from the sender's.
type users struct {
	byName map[string][]User
	own    *usm.Users
	names  []string
}

// A UserError says what is wrong with the users that were given.
type UserError struct{ err error }

func (e *UserError) Error() string { return e.err.Error() }

func newUsers(list []User, engine usm.EngineID) (*users, error) {
	u := &users{byName: map[string][]User{}}
	var own []*usm.User
	for _, x := range list {
		if err := x.Check(); err != nil {
			return nil, &UserError{err}
		}
		if x.Engine == nil || bytes.Equal(x.Engine, engine) {
			own = append(own, x.User)
		}
		if u.byName[x.Name] == nil {
			u.names = append(u.names, fmt.Sprintf("%q", x.Name))
		}
		for _, other := range u.byName[x.Name] {
			if bytes.Equal(other.Engine, x.Engine) {
				return nil, &UserError{fmt.Errorf("user %q is there twice; users of one name need different engines", x.Name)}
			}
		}
		u.byName[x.Name] = append(u.byName[x.Name], x)
	}
	var err error
	if u.own, err = usm.NewUsers(own...); err != nil {
		return nil, &UserError{err}
	}
	return u, nil
}

// of is the user of a name who sends from an engine: one that is of this engine only comes first.
func (u *users) of(name string, engine []byte) (User, error) {
	any := -1
	list := u.byName[name]
	for i := range list {
		switch {
		case bytes.Equal(list[i].Engine, engine) && list[i].Engine != nil:
			return list[i], nil
		case list[i].Engine == nil:
			any = i
		}
	}
	if any >= 0 {
		return list[any], nil
	}
	return User{}, u.unknown(name, engine)
}

// unknown says whom we know.
func (u *users) unknown(name string, engine []byte) error {
	detail := fmt.Sprintf("no user %q", name)
	switch {
	case len(u.names) == 0:
		detail += ": users of version 3 were not given"
	case u.byName[name] != nil:
		detail += fmt.Sprintf(" of engine %x", engine)
	default:
		detail += " (there are: " + strings.Join(u.names, ", ") + ")"
	}
	return &usm.Refusal{Statistic: usm.UnknownUserNames, Detail: detail}
}

// allow says whether a message of a user is protected well enough.
func (u *User) allow(f message.Flags) error {
	level, ok := usm.LevelOf(f)
	if ok && level >= u.Least {
		return nil
	}
	return &usm.Refusal{Statistic: usm.UnsupportedSecLevels, Detail: fmt.Sprintf("user %q sends with %s, %s is asked for", u.Name, level, u.Least)}
}
