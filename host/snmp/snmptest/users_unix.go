//go:build interop && unix

package snmptest

import (
	"fmt"
	"strings"
)

// A User is one of version 3 that Snmpd and Snmptrapd know. Protocols are as net-snmp calls them.
type User struct {
	Name, Auth, AuthPassword, Priv, PrivPassword string
}

// Users are one for each level, and one for each pair of digest and cipher that net-snmp offers: noauth, md5, sha-256,
// sha-256+aes-192.
var Users = users()

// Passwords of Users.
const (
	AuthPassword = "authpass12"
	PrivPassword = "privpass12"
)

func users() []User {
	list := []User{{Name: "noauth"}}
	for _, auth := range []string{"MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"} {
		name := strings.ToLower(auth)
		list = append(list, User{name, auth, AuthPassword, "", ""})
		for _, priv := range []string{"DES", "AES", "AES-192", "AES-256"} {
			list = append(list, User{name + "+" + strings.ToLower(priv), auth, AuthPassword, priv, PrivPassword})
		}
	}
	return list
}

// FindUser is the one of a name.
func FindUser(name string) User {
	for _, u := range Users {
		if u.Name == name {
			return u
		}
	}
	panic("snmptest: no user " + name)
}

// Level is the highest that the user can, as net-snmp calls it.
func (u User) Level() string {
	switch {
	case u.Priv != "":
		return "authPriv"
	case u.Auth != "":
		return "authNoPriv"
	}
	return "noAuthNoPriv"
}

// Args are the arguments of net-snmp's commands that name the user, -v3 among them.
func (u User) Args() []string {
	args := []string{"-v3", "-u", u.Name, "-l", u.Level()}
	if u.Auth != "" {
		args = append(args, "-a", u.Auth, "-A", u.AuthPassword)
	}
	if u.Priv != "" {
		args = append(args, "-x", u.Priv, "-X", u.PrivPassword)
	}
	return args
}

// create are the lines that make snmpd or snmptrapd know the user.
func (u User) create() string {
	line := "createUser " + u.Name
	if u.Auth != "" {
		line += fmt.Sprintf(" %s %q", u.Auth, u.AuthPassword)
	}
	if u.Priv != "" {
		line += fmt.Sprintf(" %s %q", u.Priv, u.PrivPassword)
	}
	return line
}
