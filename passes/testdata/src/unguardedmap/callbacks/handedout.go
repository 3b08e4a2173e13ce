package callbacks

import "io"

// A goroutine hands its object to a function that it was given, as an interface of another package: what that calls it calls there.

type replyOk struct{ sizes map[int]int }

func (r *replyOk) Write(p []byte) (int, error)       { _ = r.sizes[len(p)]; return len(p), nil }
func (r *replyOk) WriteString(s string) (int, error) { _ = r.sizes[len(s)]; return len(s), nil } // by who asks for an io.StringWriter
func (r *replyOk) finish()                           { r.sizes[0]++ }

// Serve answers each on a goroutine of its own.
func Serve(handle func(io.Writer)) {
	go run(&replyOk{map[int]int{}}, handle)
}

func run(r *replyOk, handle func(io.Writer)) {
	handle(r)
	r.finish()
}

type sinkBad struct{ sizes map[int]int }

func (s *sinkBad) Write(p []byte) (int, error) { _ = s.sizes[len(p)]; return len(p), nil }
func (s *sinkBad) flush()                      { s.sizes[0]++ } // want `map sinkBad.sizes is written here and read at`

// Copy hands the object out itself, beside the goroutine.
func Copy(write func(io.Writer)) {
	s := &sinkBad{map[int]int{}}
	go flushes(s, write)
	write(s)
}

func flushes(s *sinkBad, write func(io.Writer)) {
	write(s)
	s.flush()
}
