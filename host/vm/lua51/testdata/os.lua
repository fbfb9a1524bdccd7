--- time of a date
print(os.time{year = 2000, month = 1, day = 1, hour = 0}, os.time{year = 1970, month = 1, day = 2}, os.time{year = 2024, month = 2, day = 30, hour = 12, min = 70, sec = 90}, os.time{year = 2020, month = 14, day = -3}, os.time{year = "2001", month = "2", day = "3"})
--- date formats
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%a %A %b %B %d %j %p %y %%", 86400 * 45), os.date("!%c", 1e9), os.date("!%x %X %D %T %R %F %e %I %U %W %u %w %G %V %C %n%t|%h %Z", 1234567890))
--- date table
local t = os.date("!*t", 1e9) print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst) print(os.time(os.date("*t", 1e9)), os.date("!*t", 0).year, os.date("*t").isdst ~= nil)
--- dates before the epoch
print(os.date("!%Y-%m-%d", -86400), os.date("!*t", -1).sec)
--- difftime and clock
print(os.difftime(10, 5), os.difftime(5), type(os.clock()), os.clock() >= 0, os.time() > 1e9, type(os.date()))
--- getenv
print(os.getenv("SURELY_NOT_SET_ANYWHERE"), os.getenv("LUA_TEST_VARIABLE"))
--- remove and rename
local f = io.open("a", "w") f:write("x") f:close() print(os.rename("a", "b")) print(io.open("a")) print(os.remove("b")) print(os.remove("b")) print(os.rename("nope", "x"))
--- execute
print(os.execute() ~= 0, os.execute("exit 0"), os.execute("exit 3"), os.execute("true"), os.execute("kill -9 $$"))
--- tmpname
local n = os.tmpname() print(type(n), io.open(n) ~= nil, os.remove(n))
--- setlocale
print(os.setlocale(), os.setlocale("C"), os.setlocale(nil), os.setlocale("nonexistent"), os.setlocale("C", "numeric"))
