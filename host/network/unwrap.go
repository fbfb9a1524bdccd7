package network

// As finds in v, a Network or a Socket, what is a T: v itself, or what it wraps. A wrapper says what it wraps by a method
// Unwrap, so that what a world can do beside its contract isn't lost behind it.
func As[T any](v any) (T, bool) {
	for {
		if t, ok := v.(T); ok {
			return t, true
		}
		switch w := v.(type) {
		case interface{ Unwrap() Network }:
			v = w.Unwrap()
		case interface{ Unwrap() Socket }:
			v = w.Unwrap()
		default:
			var none T
			return none, false
		}
	}
}
