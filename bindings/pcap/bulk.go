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

// count is reader:count(). Packets that were read ahead count, too.
func count(ctx context.Context, a readerArgs) (n int64, err error) {
	f, m := a.Self, match{}
	err = f.rest(ctx, func(r *pcap.Reader, ahead []Meta) error {
		for i := range ahead {
			ok, err := m.meta(&ahead[i])
			if err != nil {
				return err
			}
			if ok {
				n++
			}
		}
		more, err := pcap.Count(r, m.in(r))
		n += more
		return err
	})
	return n, err
}

// rest runs do with all that Lua hasn't got: what was read ahead, and the reader.
func (f *Reader) rest(ctx context.Context, do func(r *pcap.Reader, ahead []Meta) error) error {
	return ended(f.reading(ctx, func(r *pcap.Reader) error {
		return do(r, f.ahead.all().metas)
	}))
}

type copyArgs struct {
	Self *Reader `lua:"self"`
	To   *Writer `lua:"to" doc:"where the packets go"`
}

// copyTo is reader:copy_to(writer).
func copyTo(ctx context.Context, a copyArgs) (n int64, err error) {
	f, m := a.Self, match{}
	err = f.rest(ctx, func(r *pcap.Reader, ahead []Meta) error {
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
			more, err := c.Rest(m.in(r))
			n += more
			if r.Err() == err {
				err = about(f.name, err)
			}
			return err
		})
	})
	return n, err
}
