package result_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/result"
)

// returned is what a chunk returns, as data.
func returned(t *testing.T, source string) any {
	t.Helper()
	var got any
	o := host.Options{Stdout: io.Discard, Stderr: io.Discard, OnResult: func(v any) error {
		got = v
		return nil
	}}
	if err := host.New(o).Run(context.Background(), host.Code("chunk", source)); err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return got
}

// TestJSON compares results with compact JSON.
func TestJSON(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ source, want, note string }{
		{``, `null`, ""},
		{`return nil`, `null`, ""},
		{`return 1, "two"`, `[1,"two"]`, ""},
		{`return {}`, `[]`, ""},
		{`return {1, 2.5, 1e15, -0.001, 2^53, 1e300, 1e-9}`, `[1,2.5,1000000000000000,-0.001,9007199254740992,1e+300,1e-09]`, ""},
		{`return {b = 1, a = {true, false}}`, `{"b":1,"a":[true,false]}`, ""},
		{`return {1, nil, 3}`, `[1,null,3]`, ""},
		{`return {[1] = "a", [50] = "b"}`, `{"1":"a","50":"b"}`, ""},
		{`return {"a", n = 1}`, `{"1":"a","n":1}`, ""},
		{`return "<é>\n\0"`, `"<é>\n\u0000"`, ""},
		{`return "\255\1"`, `"ff01"`, ""},
		{`return {[true] = 1, [require "addr" "10.0.0.1"] = 2}`, `{"true":1,"10.0.0.1":2}`, ""},

		// Values of classes.
		{`return require "u64" "18446744073709551615"`, `18446744073709551615`, ""},
		{`local a = require "addr" return {a "10.0.0.1", a.prefix "fd00::/8"}`, `["10.0.0.1","fd00::/8"]`, ""},
		{`local json = require "json" return json.decode '{"none": null, "list": []}'`, `{"none":null,"list":[]}`, ""},
		{`local p = require "packet" return {p.dot1q{vlan = 7}}`, `[[{"layer":"dot1q","fields":{"prio":0,"id":0,"vlan":7,"type":0}}]]`, ""},
		{`local snmp = require "snmp"
		  local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {["ifDescr.2"] = "eth0", ["ifMtu.2"] = 1500, ["ifPhysAddress.2"] = "\2\0\0\0\0\1"}})
		  local s = assert(snmp.open{host = a.address})
		  return s:get "ifMtu.2", s:table("ifTable")`,
			`[{"name":"ifMtu.2","oid":"1.3.6.1.2.1.2.2.1.4.2","type":"Integer","value":1500,"text":"1500"},` +
				`[{"key":"2","ifDescr":"eth0","ifMtu":1500,"ifPhysAddress":"02:00:00:00:00:01"}]]`, ""},

		// What is no data.
		{`return {0/0, 1/0}`, `[null,null]`, "result[1] is nan: null stands for it"},
		{`return {{call = print}}`, `[{"call":null}]`, "result[1].call is a function: null stands for it"},
		{`local t = {} t.self = {t} return t`, `{"self":[null]}`, "result.self[1] is a table within itself: null stands for it"},
		{`local t = {} for i = 1, 300 do t = {t} end return t`, strings.Repeat("[", 200) + "null" + strings.Repeat("]", 200), "nested too deep"},
		{`return require "socket".tcp()`, `null`, "result is tcp{master}, which is no data: null stands for it"},
		{`return setmetatable({1}, {__tostring = function() error "no" end})`, `[1]`, ""},
		{`return coroutine.create(print)`, `null`, "result is a thread: null stands for it"},
		{`local t = {} for i = 1, 30 do t[i] = print end return t`, `[null` + strings.Repeat(",null", 29) + `]`, "and 20 more values like these"},
		{`local t = {1} return {t, t}`, `[[1],[1]]`, ""}, // twice is no cycle
	} {
		out, notes := result.JSON(returned(t, tt.source))
		var got bytes.Buffer
		if err := json.Compact(&got, out); err != nil {
			t.Fatalf("%s: %v\n%s", tt.source, err, out)
		}
		if got.String() != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.source, &got, tt.want)
		}
		if all := strings.Join(notes, "\n"); (all == "") != (tt.note == "") || !strings.Contains(all, tt.note) {
			t.Errorf("%s\nnotes %q, want %q", tt.source, all, tt.note)
		}
	}
}

// TestJSONLayout holds the lines to two blanks for each level, for what objects write themselves, too.
func TestJSONLayout(t *testing.T) {
	t.Parallel()
	out, _ := result.JSON(returned(t, `return {{a = {}, p = require "packet".raw{load = "x"}}}`))
	const want = `[
  {
    "a": [],
    "p": [
      {
        "layer": "raw",
        "fields": {
          "load": "78"
        }
      }
    ]
  }
]
`
	if string(out) != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		source   string
		declared []string
		want     string
		note     string
	}{
		{`return {{ip = "10.0.0.1", rtt = 0.5}, {ip = "10.0.0.2", open = {22, 80}, up = true}}`, nil,
			"ip,rtt,open,up\n10.0.0.1,0.5,,\n10.0.0.2,,\"[22,80]\",true\n", ""},
		{`return {{rtt = 0.5, ip = "10.0.0.1", more = 1}}`, []string{"ip", "mac", "rtt"}, "ip,mac,rtt,more\n10.0.0.1,,0.5,1\n", ""},
		{`return {}`, []string{"ip", "mac"}, "ip,mac\n", ""},
		{``, []string{"ip"}, "ip\n", ""},
		{`return {a = 1, b = {c = 2}}`, nil, "a,b\n1,\"{\"\"c\"\":2}\"\n", ""},
		{`return {{1, "a,b"}, {2, 'say "x"'}}`, nil, "1,\"a,b\"\n2,\"say \"\"x\"\"\"\n", ""},
		{`return {"one", "two\nlines", ""}`, nil, "value\none\n\"two\nlines\"\n\"\"\n", ""},
		{`return 7`, nil, "value\n7\n", ""},
		{`return {{p = require "packet".udp{sport = 1, dport = 2}}}`, nil, "p\nudp 1 > 2\n", ""},
		{`return {{n = 0/0, f = print}}`, nil, "n,f\nnan,\n", "result[1].f is a function: its cell is empty"},
		{`return {{list = {print}}}`, nil, "list\n[null]\n", "result[1].list[1] is a function: null stands for it"},
	} {
		out, notes := result.CSV(returned(t, tt.source), tt.declared)
		if string(out) != tt.want {
			t.Errorf("%s\ngot\n%swant\n%s", tt.source, out, tt.want)
		}
		if strings.Join(notes, "\n") != tt.note {
			t.Errorf("%s\nnotes %q, want %q", tt.source, notes, tt.note)
		}
	}
}

func TestReadable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ source, want string }{
		{``, ""},
		{`return {}`, ""},
		{`return true`, "true\n"},
		{`return "text"`, "text\n"},
		{`return {{name = "é", n = 1.5, gone = nil, tags = {"a", "b"}}, {name = "eth0", n = 10}}`,
			"name    n  tags\n----  ---  ----\né     1.5  a, b\neth0   10\n"},
		{`return {port = 7, hosts = {"a", "b"}, rows = {{x = 1}}, inner = {y = "z"}}`, "port   7\nhosts  a, b\nrows\n  x\n  -\n  1\ninner\n  y  z\n"},
		{`return {{1, "x"}, {20, "y"}}`, " 1  x\n20  y\n"},
		{`return {"one", "two"}`, "value\n-----\none\ntwo\n"},
		{`return {{f = print}}`, "f\n------------\n(a function)\n"},
		{`return {{"a\tb\nc"}}`, "a b c\n"},
		{`return require "packet".udp{sport = 1, dport = 2}`, "udp 1 > 2\n"},
		{`return {call = print}`, ""},
	} {
		if got := result.Readable(returned(t, tt.source), nil); got != tt.want {
			t.Errorf("%s\ngot\n%swant\n%s", tt.source, got, tt.want)
		}
	}
}

// TestLateResult: what other tasks put into the table that the chunk returned is part of it.
func TestLateResult(t *testing.T) {
	t.Parallel()
	out, _ := result.JSON(returned(t, `local task, list = require "task", {}
		task.spawn(function() task.sleep(0.01) list[1] = "late" end)
		return list`))
	if got := strings.Join(strings.Fields(string(out)), ""); got != `["late"]` {
		t.Error(got)
	}
}
