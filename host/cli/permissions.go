package cli

import (
	"strings"

	"moonwire/host/permit"
)

// permissions are the flags that grant and refuse.
func (o *options) permissions() flags {
	fs := flags{{"--untrusted", "", "run a pack although no trusted key has signed it (moonwire help packs)", on(&o.untrusted)}, {"--restrict", "", "let a script of your own do what its header says and nothing else (moonwire help permissions)", on(&o.restrict)}}
	for _, k := range permit.Kinds {
		fs = append(fs, allowing(k, &o.allow))
	}
	for _, k := range permit.Kinds {
		fs = append(fs, denying(k, &o.deny))
	}
	return fs
}

// docs say what a kind lets a script do.
var docs = map[permit.Kind]string{
	permit.ToNet:     "send to NET by sockets (10.0.0.0/8:67/udp, example.com), and load",
	permit.Resolve:   "look up any name",
	permit.Listen:    "listen on ADDRESS (127.0.0.1:80/tcp)",
	permit.Raw:       "send and receive whole frames (\"on eth0 to 10.0.0.0/24\")",
	permit.Sniff:     "receive whole frames (\"on eth0\")",
	permit.Configure: "change addresses, routes and interfaces (\"on eth0\")",
	permit.Read:      "read the file PATH, or all below the folder PATH",
	permit.Write:     "write the file PATH, or all below the folder PATH",
	permit.Run:       "start PROGRAM",
	permit.Env:       "read the variable NAME of the environment",
	permit.Rate:      "send N packets and open N connections a second (100/s)",
}

// values are what stands behind a flag's equals sign.
var values = map[permit.Kind]string{
	permit.ToNet: "NET", permit.Listen: "ADDRESS", permit.Raw: "WHERE", permit.Sniff: "WHERE", permit.Configure: "WHERE",
	permit.Read: "PATH", permit.Write: "PATH", permit.Run: "PROGRAM", permit.Env: "NAME", permit.Rate: "N/s",
}

// allowing is the flag that adds a grant. It may come several times.
func allowing(k permit.Kind, to *permit.Grants) flag {
	value := values[k]
	if k.Alone() && value != "" {
		value = "[=" + value + "]"
	}
	return flag{"--allow-" + string(k), value, "let the script " + docs[k], func(v string) error {
		g, err := permit.Parse(strings.TrimSpace(string(k) + " " + v))
		*to = append(*to, g)
		return err
	}}
}

// denying is the flag that refuses, whatever was granted; without a value all of its kind.
func denying(k permit.Kind, to *permit.Grants) flag {
	value := values[k]
	if value != "" && k != permit.Rate {
		value = "[=" + value + "]"
	}
	doc := "don't let it " + docs[k]
	if k == permit.Rate {
		doc = "don't let it send or connect more often than N/s"
	}
	return flag{"--deny-" + string(k), value, doc, func(v string) error {
		if v == "" {
			*to = append(*to, k.All())
			return nil
		}
		g, err := permit.Parse(string(k) + " " + v)
		*to = append(*to, g)
		return err
	}}
}
