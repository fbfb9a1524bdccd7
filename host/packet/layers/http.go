package layers

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"moonwire/host/packet"
)

// http is the head of a message of HTTP/1: its first line and its headers. The body is the layer behind.
func http() layerSet {
	set := layerSet{protocols: []*packet.Protocol{{
		Name: "http", Title: "Hypertext Transfer Protocol, version 1", Source: "RFC 9112 section 2",
		Aliases: []string{"HTTP", "HTTPRequest", "HTTPResponse"},
		Fields: []packet.Field{
			{Name: "Method", Kind: packet.Bytes, Doc: "requests: what to do; GET where a request has none", Wireshark: "http.request.method"},
			{Name: "Path", Kind: packet.Bytes, Doc: "requests: on what; / where a request has none", Wireshark: "http.request.uri"},
			{Name: "Http_Version", Kind: packet.Bytes, Doc: "HTTP/1.1 unless it is given"},
			{Name: "Status_Code", Kind: plainKind("integer"), Doc: "responses: how it went, of three digits", Wireshark: "http.response.code"},
			{Name: "Reason_Phrase", Kind: packet.Bytes, Doc: "responses: the same in words", Wireshark: "http.response.phrase"},
			{Name: "headers", Kind: plainKind("table[]"), Doc: `headers in order, as {"Host", "example.org"}`},
		},
		Foreign: func(c packet.Context) packet.Record {
			rec, _, _ := httpHead(c.Header())
			return rec
		},
		Measure: func(h packet.Header) (int, error) {
			_, n, err := httpHead(h.Bytes())
			return n, err
		},
		Write:   writeHTTP,
		Summary: httpSummary,
	}}}
	for _, port := range []uint64{80, 8080, 3128} {
		set.bindings = append(set.bindings,
			packet.Binding{Lower: "tcp", Field: "sport", Value: port, Upper: "http", ReadOnly: port != 80},
			packet.Binding{Lower: "tcp", Field: "dport", Value: port, Upper: "http", ReadOnly: port != 80})
	}
	return set
}

// longestLine is how far the end of a first line is looked for.
const longestLine = 8192

// httpHead reads the head of a message, to the empty line or to the end of b when it goes on in another segment.
func httpHead(b []byte) (packet.Record, int, error) {
	line, n := httpLine(b[:min(len(b), longestLine)])
	rec, ok := httpStart(strings.TrimRight(line, "\r\n"))
	if !ok {
		return nil, 0, errors.New("no first line of a message")
	}
	headers := []packet.Value{}
	for n < len(b) {
		line, size := httpLine(b[n:])
		n += size
		if strings.TrimRight(line, "\r\n") == "" {
			break
		}
		headers = append(headers, httpHeader(line))
	}
	return append(rec, packet.Entry{Name: "headers", Value: headers}), n, nil
}

// httpLine is the line at the start of b with its end, and its length.
func httpLine(b []byte) (string, int) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		b = b[:i+1]
	}
	return string(b), len(b)
}

// httpStart reads a first line (RFC 9112 sections 3 and 4).
func httpStart(line string) (packet.Record, bool) {
	first, rest, ok := strings.Cut(line, " ")
	if !ok {
		return nil, false
	}
	if strings.HasPrefix(first, "HTTP/1.") {
		code, phrase, _ := strings.Cut(rest, " ")
		n, ok := packet.Hex.Number(code, 16)
		return packet.Record{{Name: "Http_Version", Value: first}, {Name: "Status_Code", Value: n}, {Name: "Reason_Phrase", Value: phrase}},
			ok && len(code) == 3 && n >= 100
	}
	i := strings.LastIndexByte(rest, ' ')
	if i < 0 || !strings.HasPrefix(rest[i+1:], "HTTP/1.") || !token(first) {
		return nil, false
	}
	return packet.Record{{Name: "Method", Value: first}, {Name: "Path", Value: rest[:i]}, {Name: "Http_Version", Value: rest[i+1:]}}, true
}

// token says whether a word may be a method or the name of a header (RFC 9110 section 5.6.2).
func token(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// httpHeader reads a line as {name, value}; one that would not be written as it was read is the string that it is.
func httpHeader(line string) packet.Value {
	name, value, ok := strings.Cut(strings.TrimSuffix(line, "\r\n"), ": ")
	if !ok || !token(name) || name+": "+value+"\r\n" != line {
		return line
	}
	return []packet.Value{name, value}
}

// response says whether fields are a response's: the last one that only one of the two has decides.
func response(values packet.Record) (is bool) {
	for _, e := range values {
		switch e.Name {
		case "Method", "Path":
			is = false
		case "Status_Code", "Reason_Phrase":
			is = true
		}
	}
	return is
}

// writeHTTP makes the head of a request or of a response.
func writeHTTP(values packet.Record) ([]byte, error) {
	var b bytes.Buffer
	version, err := httpText(values, "Http_Version", "HTTP/1.1")
	if err != nil {
		return nil, err
	}
	if response(values) {
		code := values.Get("Status_Code")
		if code == nil {
			code = uint64(200)
		}
		n, ok := packet.Hex.Number(code, 16)
		if !ok || n < 100 || n > 999 {
			return nil, &packet.BadValue{Field: "http.Status_Code", Want: "100 to 999", Got: packet.TextOf(code)}
		}
		phrase, err := httpText(values, "Reason_Phrase", "")
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s %d %s\r\n", version, n, phrase)
	} else {
		method, err := httpText(values, "Method", "GET")
		if err != nil {
			return nil, err
		}
		path, err := httpText(values, "Path", "/")
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s %s %s\r\n", method, path, version)
	}
	if err := writeHeaders(&b, values.Get("headers")); err != nil {
		return nil, err
	}
	b.WriteString("\r\n")
	return b.Bytes(), nil
}

// httpText is a field of the first line.
func httpText(values packet.Record, name, fresh string) (string, error) {
	v := values.Get(name)
	if v == nil {
		return fresh, nil
	}
	s, ok := v.(string)
	if !ok || strings.ContainsAny(s, "\r\n") {
		return "", &packet.BadValue{Field: "http." + name, Want: "text of one line", Got: packet.TextOf(v)}
	}
	return s, nil
}

// writeHeaders writes the headers; strings among them stand as they are, with their line's end.
func writeHeaders(b *bytes.Buffer, v packet.Value) error {
	bad := &packet.BadValue{Field: "http.headers", Want: `list of headers, as {"Host", "example.org"}`, Got: packet.TextOf(v)}
	list, ok := v.([]packet.Value)
	if rec, named := v.(packet.Record); named {
		for _, e := range rec {
			list, ok = append(list, []packet.Value{e.Name, e.Value}), true
		}
	}
	if !ok && v != nil {
		return bad
	}
	for _, e := range list {
		if line, ok := e.(string); ok {
			b.WriteString(line)
			continue
		}
		pair, _ := e.([]packet.Value)
		if len(pair) != 2 || !isText(pair[0]) || pair[1] == nil {
			return bad
		}
		fmt.Fprintf(b, "%v: %v\r\n", pair[0], pair[1])
	}
	return nil
}

func isText(v packet.Value) bool {
	_, ok := v.(string)
	return ok
}

// httpSummary is the first line.
func httpSummary(c packet.Context) string {
	line, _ := httpLine(c.Header())
	return "http " + strings.Trim(packet.Quote(strings.TrimRight(line, "\r\n")), `"`)
}
