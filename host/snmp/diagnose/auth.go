package diagnose

import (
	"context"
	"fmt"
	"slices"

	"moonwire/host/snmp/usm"
)

// auth looks whether the digest and its password are right, and tries others when they are not.
func (d *diagnosis) auth(ctx context.Context) (bool, error) {
	if d.o.User.Auth == usm.NoAuth {
		u := *d.o.User
		d.report.User = &u
		return true, nil
	}
	u := *d.o.User
	u.Priv, u.PrivPassword, u.PrivKey = usm.NoPriv, "", nil
	a, err := d.ask(ctx, &u)
	if err != nil {
		return false, err
	}
	switch {
	case a.known:
		d.report.right(Auth, fmt.Sprintf("the password is right, and the digest is %s", u.Auth))
		d.report.User = &u
		return true, nil
	case a.said(usm.UnsupportedSecLevels):
		d.report.wrong(Auth, fmt.Sprintf("the user '%s' has no authentication at the agent", u.Name),
			"leave auth and priv out, or give the user a password at the agent")
		return false, nil
	case a.report != nil && !a.said(usm.WrongDigests):
		d.report.wrong(Auth, a.report.Error(), "")
		return false, nil
	}
	found, told, err := d.first(ctx, d.otherAuths(&u))
	switch {
	case err != nil:
		return false, err
	case found == nil && a.silent && slices.ContainsFunc(told, func(x *usm.User) bool { return x.Auth.DigestSize() == u.Auth.DigestSize() }):
		d.report.wrong(Auth, fmt.Sprintf("the agent refuses other digests and passwords, and is silent about those of '%s': they are right", u.Name), silence)
		return false, nil
	case found == nil:
		d.noAuth(&u, a)
		return false, nil
	}
	d.report.User = found
	text := fmt.Sprintf("the digest of '%s' is %s, not %s", u.Name, found.Auth, u.Auth)
	remedy := fmt.Sprintf("auth=%q", found.Auth)
	if found.AuthPassword != u.AuthPassword {
		text = fmt.Sprintf("the user '%s' exists, and its authentication password is the privacy password that was given", u.Name)
		remedy = "exchange auth_password and priv_password, or give one for both"
		if found.Auth != u.Auth {
			text += fmt.Sprintf("; its digest is %s, not %s", found.Auth, u.Auth)
			remedy = fmt.Sprintf("auth=%q; ", found.Auth) + remedy
		}
	}
	d.report.wrong(Auth, text, remedy)
	return true, nil
}

// silence is what may cure an agent that takes a question and does not answer it.
const silence = "the agent is busy, faulty or may not answer this host, or its answers get lost: ask again, and look at its log"

// noAuth says that no other digest or password helped.
func (d *diagnosis) noAuth(u *usm.User, a answer) {
	if a.silent {
		d.report.wrong(Auth, fmt.Sprintf("the agent is silent when '%s' signs with %s, and with the other digests", u.Name, u.Auth),
			"the password may be wrong, or an access list keeps this host out")
		return
	}
	remedy := "correct auth_password: it is right with none of the digests"
	if u.AuthKey != nil {
		remedy = "correct auth_key: its length is that of another digest's keys if the digest is wrong"
		if u.KeysLocalized {
			remedy += "; a localised key is for one engine only"
		}
	}
	d.report.wrong(Auth, fmt.Sprintf("the user '%s' exists, the password is wrong", u.Name), remedy)
}

// otherAuths are u with the other digests, and with the privacy password.
func (d *diagnosis) otherAuths(u *usm.User) (users []*usm.User) {
	if u.AuthKey != nil {
		return nil
	}
	passwords := []string{u.AuthPassword}
	if p := d.o.User.PrivPassword; p != "" && p != u.AuthPassword {
		passwords = append(passwords, p)
	}
	for _, password := range passwords {
		for _, auth := range usm.AuthProtocols {
			if password == u.AuthPassword && auth == u.Auth {
				continue
			}
			other := *u
			other.Auth, other.AuthPassword = auth, password
			users = append(users, &other)
		}
	}
	return users
}
