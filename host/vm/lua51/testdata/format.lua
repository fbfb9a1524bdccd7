--- integers
print(("%d %i %5d|%-5d|%05d|%+d|% d|%.3d|%5.2d"):format(1, -2, 3, 4, 5, 6, 7, 8, 9)) print(("%d"):format(3.99), ("%d"):format(-3.99), ("%d"):format("12"), ("%d"):format(2^31), ("%d"):format(-2^53), ("%d"):format(0), ("%.0d|"):format(0), ("%+.3d"):format(5), ("%-+6d|"):format(5), ("%06d"):format(-5))
--- unsigned, octal, hexadecimal
print(("%u %o %x %X %#x %#X %#o"):format(10, 8, 255, 255, 255, 255, 8)) print(("%x %X %u %o"):format(-1, -1, -1, -1)) print(("%8x|%-8x|%08x|%.4x|%#10x|%#010x"):format(255, 255, 255, 255, 255, 255)) print(("%x"):format(2^32), ("%x"):format(2^53), ("%x"):format(2^63), ("%#x"):format(0), ("%#o"):format(0), ("%x"):format(3.7))
--- floating point
print(("%f %.2f %.0f %10.3f|%-10.1f|%010.2f %+f % f %#.0f"):format(1.5, 1.555, 2.5, 3.14159, 2.25, -1.5, 1, 1, 1)) print(("%e %.2e %E %.0e %12.3e|"):format(12345.678, 0.00012, 1e100, 5, -1.5)) print(("%g %g %g %g %g %G %.3g %#g %.10g %g"):format(1, 0.1, 1e20, 1e-5, 123456789, 1e-10, 1234.5, 1, 1/3, 100000)) print(("%g %g %g"):format(1e5, 1e6, 1e15), ("%.14g"):format(2^53), ("%.17g"):format(0.1), ("%.3f"):format(2/3), ("%5.1f|"):format(-0.05))
--- infinities in formats
print(("%f %e %g %5.1f %d"):format(1/0, -1/0, 1/0, 1/0, 0), ("%F"):len(), ("%E %G"):format(1/0, -1/0), ("%010f|%-6f|%+f"):format(1/0, 1/0, 1/0))
--- strings
print(("%s %5s|%-5s|%.2s|%5.1s|%s"):format("a", "b", "c", "defg", "hij", 12)) print(("%s"):format(1.5), ("%s"):format(""), ("%10s|"):format("toolongforten"), ("%.0s|"):format("x"), ("%.20s"):format("short"), ("%s"):format(("x"):rep(200)):len(), ("%50s"):format("x"):len(), ("%-3s|"):format("é"))
--- characters
print(("%c%c%c"):format(72, 105, 33), ("%3c|%-3c|"):format(65, 66), ("%c"):format("65"))
--- quoting
print(("%q"):format('a "quote" and \\ and\nnewline')) print(("%q"):format("tab\tcr\rnul\0end\1\127\200") == '"tab\tcr\\rnul\\000end\1\127\200"') print(("%q"):format(12), ("%q"):format("")) local s = "a\n\"b\\\0\r1" print(loadstring("return " .. ("%q"):format(s))() == s)
--- percent and plain text
print(("100%%"):format(), ("%%d"):format(), ("no items"):format(1, 2), ("%5%"):len(), (""):format())
--- many items
print(("%s %s %s %d %d %g"):format("a", 1, "b", 2, 3.5, 4)) print(("%2$s"):len(), pcall(string.format, "%2$s", "a", "b"))
--- text from numbers
print(("%d"):format("0x10"), ("%s"):format(2^53), ("%x"):format("17"), ("%5.1f"):format("2.25"))
--- widths of two digits
print(("%99d"):format(1):len(), ("%.99f"):format(1/3):len(), ("%99.99f"):format(-1/3):len(), pcall(string.format, "%100d", 1))
--- rounding
print(("%.0f %.0f %.0f %.0f"):format(0.5, 1.5, 2.5, 3.5), ("%.2f %.2f"):format(1.005, 2.675), ("%.1f"):format(0.25), ("%.3g %.3g"):format(0.0001235, 123500), ("%5.3e"):format(9.9996))
--- large and small numbers
print(("%.0f"):format(1e22), ("%f"):format(1e15), ("%.20f"):format(0.1), ("%g"):format(5e-324), ("%e"):format(1.7976931348623157e308), ("%.3f"):format(-0.0001))
