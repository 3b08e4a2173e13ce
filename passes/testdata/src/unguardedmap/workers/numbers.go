package workers

import "sync/atomic"

type parcel struct{ labels map[string]string }

// Each worker takes the next number, and nobody else has that.
func CountedOk(parcels []parcel, out chan<- int) {
	var next atomic.Int32
	for range 4 {
		go func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(parcels) {
					out <- i
					return
				}
				parcels[i].labels["seen"] = "yes"
			}
		}()
	}
}

// The numbers come by a channel, and a callback of the goroutine's own uses one.
func SentOk(parcels []*parcel, done chan<- bool) {
	numbers := make(chan int)
	for range 4 {
		go func() {
			for i := range numbers {
				each(func(k string) { parcels[i].labels[k] = "yes" })
				stamp(parcels, i)
				done <- true
			}
		}()
	}
	for i := range parcels {
		numbers <- i
	}
	close(numbers)
}

func each(f func(string)) { f("a") }

func stamp(parcels []*parcel, i int) { parcels[i].labels["stamp"] = "a" }

// All work on the first.
func FirstBad(parcels []*parcel) {
	var next atomic.Int32
	for range 4 {
		go func() {
			for int(next.Add(1)) <= len(parcels) {
				parcels[0].labels["seen"] = "yes" // want `map parcel.labels is written here by several goroutines at once`
			}
		}()
	}
}

// The map of an element may be taken by one, while the function goes over all of them.
func AllBad(crates []*crate) (n int) {
	numbers := make(chan int, len(crates))
	for range 4 {
		go func() {
			for i := range numbers {
				crates[i].labels["seen"] = "yes" // want `map crate.labels is written here and measured at`
			}
		}()
	}
	for i := range crates {
		numbers <- i
	}
	for _, c := range crates {
		n += len(c.labels)
	}
	return n
}

type crate struct{ labels map[string]string }

// A hash is for several.
func HashedBad(shards []*shard, keys <-chan string) {
	for range 4 {
		go func() {
			for k := range keys {
				shards[len(k)%len(shards)].m[k] = true // want `map shard.m is written here by several goroutines at once`
			}
		}()
	}
}

type shard struct{ m map[string]bool }
