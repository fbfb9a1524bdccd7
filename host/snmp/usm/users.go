package usm

import (
	"fmt"
	"slices"
)

// Users are those that an engine knows, by name.
type Users struct{ byName map[string]*User }

// NewUsers is a table of users. It refuses names given twice and users that Check refuses.
func NewUsers(users ...*User) (*Users, error) {
	t := &Users{make(map[string]*User, len(users))}
	for _, u := range users {
		if err := u.Check(); err != nil {
			return nil, err
		}
		if t.byName[u.Name] != nil {
			return nil, fmt.Errorf("user %q is there twice", u.Name)
		}
		t.byName[u.Name] = u
	}
	return t, nil
}

// Named finds a user; nil when there is none. A nil table has none.
func (t *Users) Named(name string) *User {
	if t == nil {
		return nil
	}
	return t.byName[name]
}

// Names are all names, in order.
func (t *Users) Names() []string {
	if t == nil {
		return nil
	}
	names := make([]string, 0, len(t.byName))
	for name := range t.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
