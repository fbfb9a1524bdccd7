package docgen_test

import (
	"testing"
	"testing/fstest"

	"moonwire/bindings/bit"
	"moonwire/host/decl"
	"moonwire/host/docgen"
)

const retrySource = `--- Try again, with growing pauses.
local task = require "task"
local retry = {}

--- Call f until it gives a value. Then stop.
---@async
---@param f fun(try: integer): any, string?, string?
---@param opts? {tries?: integer, pause?: number} pause in seconds
---@return any value, string? message, string? kind
function retry.call(f, opts)
end

--- not seen
local function helper() end

return retry
`

func library(t *testing.T) *docgen.Library {
	lib, err := docgen.New([]*decl.Module{bit.Module()}, fstest.MapFS{"retry.lua": {Data: []byte(retrySource)}})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestText(t *testing.T) {
	for name, want := range map[string]string{
		"": "bit    Bitwise operations on 32-bit numbers, as LuaJIT has them\n" +
			"retry  Try again, with growing pauses\n",
		"bit.tohex": `bit.tohex(x: number[, digits: integer = 8])
└─→ text: string
      text  that many digits

  Write a number in hexadecimal.

  x       taken modulo 2^32
  digits  how many of the last digits; negative for capitals

  Returns at once: no other task runs meanwhile; never raises for a cancelled task.

    bit.tohex(255) --> "000000ff"
    bit.tohex(255, -4) --> "00FF"
`,
		"retry.call": `retry.call(f: fun(try: integer): any, string?, string?[, {tries: integer, pause: number}])
└─→ value: any, message: string|nil, kind: string|nil

  Call f until it gives a value. Then stop.

  Options: pause in seconds.

  f
  {tries}
  {pause}

  Blocks: only the calling task waits; raises when that task is cancelled.
`,
	} {
		got, err := library(t).Text(name)
		if err != nil || got != want {
			t.Errorf("%q: %v\n%s\nwant\n%s", name, err, got, want)
		}
	}
}

func TestUnknownName(t *testing.T) {
	_, err := library(t).Text("bit.tohx")
	if want := "no documentation for 'bit.tohx' (did you mean 'bit.tohex'?)"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
