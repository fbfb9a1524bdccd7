package agent

import "moonwire/host/snmp/oid"

// A View is the variables that somebody sees: subtrees taken in and left out (RFC 3415 section 2.4.4). Of those that a name
// lies in, the longest decides, and of two as long, the greater. A nil View is empty.
type View struct{ families []family }

// A Subtree is a family of names that a View takes in, or leaves out. A zero bit of Mask makes a number of Root stand for
// any (RFC 3415 section 4, vacmViewTreeFamilyMask); bits that are missing are ones.
type Subtree struct {
	Root     oid.OID
	Mask     []byte
	Excluded bool
}

type family struct {
	root     string // key; numbers that stand for any are zero
	wild     []bool // by number; nil: none
	included bool
}

// Everything is all names.
var Everything = NewView(Subtree{})

// NewView makes a view of subtrees.
func NewView(subtrees ...Subtree) *View {
	v := &View{}
	for _, s := range subtrees {
		f := family{included: !s.Excluded}
		root := s.Root.Clone()
		for i := range root {
			if i/8 < len(s.Mask) && s.Mask[i/8]&(0x80>>(i%8)) == 0 {
				if f.wild == nil {
					f.wild = make([]bool, len(root))
				}
				f.wild[i], root[i] = true, 0
			}
		}
		f.root = keyOf(root)
		v.families = append(v.families, f)
	}
	return v
}

// Sees says whether a name is in the view.
func (v *View) Sees(name oid.OID) bool { return v.sees([]byte(keyOf(name))) }

func (v *View) sees(key []byte) bool {
	f := v.decides(key)
	return f != nil && f.included
}

// decides is the family that says whether a key is in the view; nil when it is in none.
func (v *View) decides(key []byte) (best *family) {
	if v == nil {
		return nil
	}
	for i := range v.families {
		f := &v.families[i]
		if f.has(key) && (best == nil || len(f.root) > len(best.root) || len(f.root) == len(best.root) && f.root > best.root) {
			best = f
		}
	}
	return best
}

// has says whether a key is in the family.
func (f *family) has(key []byte) bool {
	if f.wild == nil {
		return below(key, f.root)
	}
	if len(key) < len(f.root) {
		return false
	}
	for i, wild := range f.wild {
		if !wild && string(key[4*i:4*i+4]) != f.root[4*i:4*i+4] {
			return false
		}
	}
	return true
}

// skip is the first key behind one that isn't in the view where there may be one that is; false when there is none.
func (v *View) skip(key []byte) (next string, ok bool) {
	if v == nil {
		return "", false
	}
	for i := range v.families {
		f := &v.families[i]
		switch start := f.start(); {
		case f.wild != nil && below(key, start):
			return string(key) + "\x00\x00\x00\x00", true // the very next may be in, or out
		case !f.included && below(key, f.root):
			next, ok = sooner(next, ok, behind(nameOf(f.root)))
		case f.included && start > string(key):
			next, ok = sooner(next, ok, start)
		}
	}
	return next, ok
}

// start is a key that no name of the family is before.
func (f *family) start() string {
	for i, wild := range f.wild {
		if wild {
			return f.root[:4*i]
		}
	}
	return f.root
}

func sooner(a string, given bool, b string) (string, bool) {
	if given && a < b {
		return a, true
	}
	return b, true
}
