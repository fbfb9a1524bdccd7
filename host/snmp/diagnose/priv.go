package diagnose

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"moonwire/host/snmp/usm"
)

// priv looks whether the cipher and its password are right, and tries others when they are not. What auth found holds.
func (d *diagnosis) priv(ctx context.Context) (bool, error) {
	if d.o.User.Priv == usm.NoPriv {
		return true, nil
	}
	u := *d.report.User
	u.Priv, u.PrivPassword, u.PrivKey = d.o.User.Priv, d.o.User.PrivPassword, d.o.User.PrivKey
	if u.Auth.KeySize() != d.o.User.Auth.KeySize() && u.PrivKey != nil { // a master key of another digest
		u.PrivKey, u.PrivPassword = nil, u.AuthPassword
	}
	d.report.User = nil
	a, err := d.ask(ctx, &u)
	if err != nil {
		return false, err
	}
	switch {
	case a.known:
		d.report.User = &u
		d.report.right(Priv, fmt.Sprintf("the password is right, and the cipher is %s", u.Priv))
		return true, nil
	case a.said(usm.UnsupportedSecLevels):
		d.report.wrong(Priv, fmt.Sprintf("the user '%s' has no privacy at the agent", u.Name),
			"leave priv out, or give the user a cipher at the agent")
		return false, nil
	case a.report != nil && !a.said(usm.DecryptionErrors):
		d.report.wrong(Priv, a.report.Error(), "")
		return false, nil
	}
	text := "the agent could not decrypt the question"
	if a.silent {
		text = fmt.Sprintf("the agent is silent when '%s' encrypts with %s, and answers what is only signed", u.Name, u.Priv)
	}
	found, told, err := d.first(ctx, d.otherPrivs(&u))
	switch {
	case err != nil:
		return false, err
	case found == nil && a.silent && slices.ContainsFunc(told, func(x *usm.User) bool { return x.Priv.Block() == u.Priv.Block() }):
		// Of ciphers with other blocks nothing follows: net-snmp reports a length that can't be, and no more.
		d.report.wrong(Priv, fmt.Sprintf("the agent refuses other ciphers and passwords, and is silent about those of '%s': they are right", u.Name), silence)
		return false, nil
	case found == nil:
		d.report.wrong(Priv, fmt.Sprintf("%s: the privacy password is wrong", text), "correct priv_password: it is right with none of the ciphers")
		return false, nil
	}
	d.report.User = found
	d.report.wrong(Priv, text+": "+differs(&u, found), d.remedy(&u, found))
	return true, nil
}

// lengtheners are whose agents lengthen keys in which way.
var lengtheners = map[usm.PrivProtocol]string{usm.AES192: "net-snmp", usm.AES256: "net-snmp", usm.AES192C: "Cisco", usm.AES256C: "Cisco"}

// differs says how the user that the agent knows differs from the one that was given.
func differs(u, found *usm.User) string {
	text := ""
	if sibling, ok := u.Priv.Sibling(); ok && sibling == found.Priv && u.Priv.Lengthens(u.Auth) {
		text = fmt.Sprintf("the agent uses %s, as %s does", found.Priv.Title(), lengtheners[found.Priv])
	} else if u.Priv != found.Priv {
		text = fmt.Sprintf("its cipher is %s, not %s", found.Priv, u.Priv)
	}
	if found.PrivPassword != u.PrivPassword {
		if text != "" {
			text += ", and "
		}
		text += "the privacy password is the authentication password that was given"
	}
	return text
}

// remedy is the options to change.
func (d *diagnosis) remedy(u, found *usm.User) string {
	var changes []string
	if u.Priv != found.Priv {
		changes = append(changes, fmt.Sprintf("priv=%q", found.Priv))
	}
	switch {
	case u.PrivPassword == found.PrivPassword:
	case found.AuthPassword == d.o.User.PrivPassword:
		changes = append(changes, "exchange auth_password and priv_password")
	default:
		changes = append(changes, "give auth_password as priv_password, too")
	}
	return strings.Join(changes, "; ")
}

// otherPrivs are u with the other way to lengthen keys, with the other ciphers, and with the password of the digest. None
// has the keys of another.
func (d *diagnosis) otherPrivs(u *usm.User) []*usm.User {
	users := otherCiphers(u, nil)
	for _, password := range []string{u.AuthPassword, d.o.User.AuthPassword} {
		if u.PrivKey == nil && password != "" && !slices.ContainsFunc(append(users, u), func(x *usm.User) bool { return x.PrivPassword == password }) {
			other := *u
			other.PrivPassword = password
			users = otherCiphers(&other, append(users, &other))
		}
	}
	return users
}

// otherCiphers appends u with all other ciphers to users, its sibling first.
func otherCiphers(u *usm.User, users []*usm.User) []*usm.User {
	order := slices.Clone(usm.PrivProtocols)
	sibling, has := u.Priv.Sibling()
	if has {
		order = slices.Insert(slices.DeleteFunc(order, func(p usm.PrivProtocol) bool { return p == sibling }), 0, sibling)
	}
	for _, p := range order {
		if s, ok := p.Sibling(); p == u.Priv || ok && !p.Lengthens(u.Auth) && (s == u.Priv || p > s) {
			continue // the same, or the same keys
		}
		other := *u
		other.Priv = p
		if other.Check() == nil { // a localised key may be too short for it
			users = append(users, &other)
		}
	}
	return users
}
