package capture

import "context"

type key struct{}

// With lets labs that are opened under ctx write all their links into f.
func With(ctx context.Context, f *File) context.Context { return context.WithValue(ctx, key{}, f) }

// From is the file of With; nil: there is none.
func From(ctx context.Context) *File {
	f, _ := ctx.Value(key{}).(*File)
	return f
}
