package lua51

import (
	"fmt"
	"strings"
	"time"
)

// layouts are the conversions of C's strftime that Go's layouts can write, in the C locale.
var layouts = map[byte]string{
	'a': "Mon", 'A': "Monday", 'b': "Jan", 'B': "January", 'h': "Jan", 'c': "Mon Jan _2 15:04:05 2006", 'd': "02",
	'D': "01/02/06", 'e': "_2", 'F': "2006-01-02", 'H': "15", 'I': "03", 'j': "002", 'm': "01", 'M': "04", 'p': "PM",
	'r': "03:04:05 PM", 'R': "15:04", 'S': "05", 'T': "15:04:05", 'x': "01/02/06", 'X': "15:04:05", 'y': "06",
	'Y': "2006", 'z': "-0700", 'Z': "MST",
}

// strftime writes at as C's strftime does in the C locale. What is no conversion is kept.
func strftime(format string, at time.Time) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		if (format[i] == 'E' || format[i] == 'O') && i+1 < len(format) {
			i++ // the C locale has no other forms
		}
		b.WriteString(conversion(format[i], at))
	}
	return b.String()
}

func conversion(c byte, at time.Time) string {
	if layout, ok := layouts[c]; ok {
		if c == 'Z' && at.Location() == time.UTC {
			return "GMT"
		}
		return at.Format(layout)
	}
	isoYear, isoWeek := at.ISOWeek()
	switch c {
	case 'C':
		return fmt.Sprintf("%02d", at.Year()/100)
	case 'g':
		return fmt.Sprintf("%02d", isoYear%100)
	case 'G':
		return fmt.Sprint(isoYear)
	case 'k':
		return fmt.Sprintf("%2d", at.Hour())
	case 'l':
		return fmt.Sprintf("%2d", (at.Hour()+11)%12+1)
	case 'n':
		return "\n"
	case 'P':
		return at.Format("pm")
	case 's':
		return fmt.Sprint(at.Unix())
	case 't':
		return "\t"
	case 'u':
		return fmt.Sprint((int(at.Weekday())+6)%7 + 1)
	case 'U':
		return fmt.Sprintf("%02d", (at.YearDay()+6-int(at.Weekday()))/7)
	case 'V':
		return fmt.Sprintf("%02d", isoWeek)
	case 'w':
		return fmt.Sprint(int(at.Weekday()))
	case 'W':
		return fmt.Sprintf("%02d", (at.YearDay()+6-(int(at.Weekday())+6)%7)/7)
	case '%':
		return "%"
	}
	return "%" + string([]byte{c})
}
