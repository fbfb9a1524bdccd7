package cli

import (
	"fmt"
	"io"

	"path/filepath"
	"regexp"
	"strings"

	"moonwire/host/whole"
)

var newCommand = &Command{
	Usage: "new NAME",
	Short: "begin a script: a header, an experiment, a test",
	Long: `
Writes NAME.lua, a script that runs, and NAME_test.lua, a test of it; and beside them what editors with the Lua language
server (LuaLS) need to complete and explain, as moonwire types does. Nothing that exists is written over.`,
	Run: func(args []string, s Streams) error {
		words, err := flags(nil).parse(args)
		if err != nil {
			return err
		}
		if len(words) != 1 {
			return usagef("new takes one name")
		}
		return scaffold(strings.TrimSuffix(words[0], ".lua"), s.Err)
	},
}

// scaffold writes both files and says so.
func scaffold(name string, log io.Writer) error {
	base := filepath.Base(name)
	if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`).MatchString(base) {
		return usagef("'%s' is no name for a script (letters, digits, _ and -)", base)
	}
	for _, f := range []struct{ file, text string }{
		{name + ".lua", newScript},
		{name + "_test.lua", newTest},
	} {
		text := strings.ReplaceAll(f.text, "NAME", base)
		if err := whole.New(f.file, []byte(text), 0o666); err != nil {
			return err
		}
		fmt.Fprintf(log, "moonwire: wrote %s\n", f.file)
	}
	if err := writeTypes(filepath.Dir(name), log); err != nil {
		return err
	}
	fmt.Fprintf(log, "moonwire: try it: moonwire run %s.lua, moonwire test %s_test.lua\n", name, name)
	return nil
}

const newScript = `-- title: NAME
-- about: say here what one sees when this runs, and why
-- arg:   text string = hello | what the client sends
-- needs: net 127.0.0.1
-- shows: server got: hello
-- categories: safe

local script, socket, task = require "script", require "socket", require "task"
local args = script.args()

local server = assert(socket.bind("127.0.0.1", 0))
local _, port = server:getsockname()

task.spawn(function()
  local client = assert(socket.connect("127.0.0.1", port))
  assert(client:send(args.text .. "\n"))
  client:close()
end)

local peer = assert(server:accept())
print("server got: " .. assert(peer:receive("*l")))
peer:close()
server:close()
`

const newTest = `-- Each test has a state of its own: moonwire doc test and moonwire doc expect say what there is.
describe("NAME", function()
  it("hears the client", function()
    local r = test.run("NAME", {text = "moon"})
    expect(r.code):to_be(0)
    expect(r.stdout):to_be("server got: moon\n")
  end)

  it("hears an empty line, too", function()
    expect(test.run("NAME", {text = ""}).stdout):to_be("server got: \n")
  end)

  it("refuses arguments that it doesn't have", function()
    expect(test.run("NAME", {nonsense = 1}).code):to_be(2)
  end)
end)
`
