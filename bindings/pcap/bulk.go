package pcap

import (
	"context"
	"io"

	"moonwire/host/pcap"
)

// ended is err, or nil for a file's natural end.
func ended(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

type countArgs struct {
	Self   *Reader `lua:"self"`
	Filter string  `lua:"filter?" doc:"only those that this expression matches, in tcpdump's language"`
}

// count is reader:count(filter). Packets that were read ahead count, too.
func count(ctx context.Context, a countArgs) (n int64, err error) {
	f := a.Self
	err = f.rest(ctx, a.Filter, func(r *pcap.Reader, m match, ahead []Meta) error {
		for i := range ahead {
			ok, err := m.meta(&ahead[i])
			if err != nil {
				return err
			}
			if ok {
				n++
			}
		}
		more, err := pcap.Count(r, and(f.filter.in(r), m.in(r)))
		n += more
		return err
	})
	return n, err
}

// rest runs do with all that Lua hasn't got: what was read ahead, and the reader.
func (f *Reader) rest(ctx context.Context, expression string, do func(r *pcap.Reader, m match, ahead []Meta) error) error {
	return ended(f.reading(ctx, func(r *pcap.Reader) error {
		m, err := f.matching(ctx, r, expression)
		if err != nil && err != io.EOF {
			return err
		}
		return do(r, m, f.ahead.all().metas)
	}))
}

type copyArgs struct {
	Self   *Reader `lua:"self"`
	To     *Writer `lua:"to" doc:"where the packets go"`
	Filter string  `lua:"opts.filter" doc:"only packets that this expression matches, in tcpdump's language"`
}

// copyTo is reader:copy_to(writer).
func copyTo(ctx context.Context, a copyArgs) (n int64, err error) {
	f := a.Self
	err = f.rest(ctx, a.Filter, func(r *pcap.Reader, m match, ahead []Meta) error {
		return a.To.writing(ctx, func(w *pcap.Writer) error {
			c := pcap.NewCopier(w, r)
			for i := range ahead {
				ok, err := m.meta(&ahead[i])
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
				if err := c.Write(&ahead[i].packet); err != nil {
					return err
				}
				n++
			}
			more, err := c.Rest(and(f.filter.in(r), m.in(r)))
			n += more
			if r.Err() == err {
				err = about(f.name, err)
			}
			return err
		})
	})
	return n, err
}
