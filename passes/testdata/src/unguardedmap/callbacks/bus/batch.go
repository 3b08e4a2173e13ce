package bus

// Writer gets what was written.
type Writer interface{ Put(k string) }

// Batch holds writes.
type Batch interface {
	// Full reports whether it is time to write them out.
	Full() bool
	// Replay hands them to w.
	Replay(w Writer)
}
