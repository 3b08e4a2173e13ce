// Package libraries hands functions to libraries that are known by rows of the models, third-party ones by stubs of their shape.
package libraries

import (
	"context"
	"time"

	"github.com/alitto/pond/v2"
	"github.com/jellydator/ttlcache/v3"
	"github.com/nats-io/nats.go"
	"github.com/robfig/cron/v3"
	"github.com/sourcegraph/conc/iter"
	"golang.org/x/exp/maps"
	"k8s.io/apimachinery/pkg/util/wait"
)

// Registered, many: a tick comes whether or not the one before is done.
func CronBad(c *cron.Cron) {
	runs := map[string]int{}
	c.AddFunc("* * * * *", func() {
		runs["tick"]++ // want `map runs is written here by several goroutines at once with no lock: the callback .* is called by several goroutines at once`
	})
}

// What is set up before anybody starts is there for all ticks.
func CronOk(c *cron.Cron) {
	limits := map[string]int{}
	c.AddFunc("* * * * *", func() { _ = limits["tick"] })
	limits["tick"] = 10
	c.Start()
}

// After the start it is too late.
func CronLateBad(c *cron.Cron) {
	limits := map[string]int{}
	c.AddFunc("* * * * *", func() { _ = limits["tick"] })
	c.Start()
	limits["tick"] = 10 // want `map limits is written here and read at libraries.go:\d+ with no lock in common`
}

// By interface value: the methods of an object.
type jobBad struct{ runs map[string]int }

func (j *jobBad) Run() {
	j.runs["tick"]++ // want `map jobBad.runs is written here by several goroutines at once with no lock`
}

func JobBad(c *cron.Cron, j *jobBad) { c.AddJob("* * * * *", j) }

type jobOk struct{ limits map[string]int }

func (j *jobOk) Run() { _ = j.limits["tick"] }

func JobOk(c *cron.Cron, j *jobOk) { c.AddJob("* * * * *", j) }

// Converted to a type whose functions are no shape of their own.
func ConvertedBad(c *cron.Cron) {
	runs := map[string]int{}
	job := cron.FuncJob(func() {
		runs["tick"]++ // want `map runs is written here by several goroutines at once with no lock`
	})
	c.AddJob("* * * * *", job)
}

// Many, and over when the call returns.
func ForEachBad(words []string) map[string]bool {
	seen := map[string]bool{}
	iter.ForEach(words, func(w *string) {
		seen[*w] = true // want `map seen is written here by several goroutines at once with no lock`
	})
	return seen
}

func ForEachOk(words []string) int {
	weight := map[string]int{"a": 1}
	iter.ForEach(words, func(w *string) { _ = weight[*w] })
	weight["b"] = 2
	return len(weight)
}

// The functions of a variadic call, until they are waited for.
func TasksBad(g pond.TaskGroup) {
	seen := map[string]bool{}
	g.Submit(
		func() {
			seen["a"] = true // want `map seen is written here and measured at libraries.go:\d+ with no lock in common`
		},
		func() { _ = len(seen) },
	)
}

func TasksOk(g pond.TaskGroup) int {
	seen := map[string]bool{}
	g.Submit(func() { seen["a"] = true })
	g.Wait()
	return len(seen)
}

// Serial: one subscription calls one message after another.
func SubscribeOk(nc *nats.Conn) {
	seen := map[string]int{}
	nc.Subscribe("a", func(m *nats.Msg) { seen[m.Subject]++ })
}

// Two subscriptions are two goroutines.
func SubscribeTwiceBad(nc *nats.Conn) {
	seen := map[string]int{}
	nc.Subscribe("a", func(m *nats.Msg) {
		seen[m.Subject]++ // want `map seen is written here and read at libraries.go:\d+ with no lock in common`
	})
	nc.Subscribe("b", func(m *nats.Msg) { seen[m.Subject]++ })
}

// And so are those of a loop.
func SubscribeLoopBad(nc *nats.Conn, topics []string) {
	seen := map[string]int{}
	for _, topic := range topics {
		nc.Subscribe(topic, func(m *nats.Msg) {
			seen[m.Subject]++ // want `map seen is written here by several goroutines at once with no lock`
		})
	}
}

// The subscription runs from now on.
func SubscribeReadBad(nc *nats.Conn) int {
	seen := map[string]int{}
	nc.Subscribe("a", func(m *nats.Msg) {
		seen[m.Subject]++ // want `map seen is written here and measured at libraries.go:\d+ with no lock in common`
	})
	return len(seen)
}

type linkOk struct{ events map[string]int }

// Single: one goroutine of the library calls all of these.
func (l *linkOk) Watch(nc *nats.Conn) {
	nc.SetReconnectHandler(func(*nats.Conn) { l.events["up"]++ })
	nc.SetClosedHandler(func(*nats.Conn) { l.events["down"]++ })
}

func (l *linkOk) Rewatch(nc *nats.Conn) {
	nc.SetReconnectHandler(func(*nats.Conn) { l.events["again"]++ })
}

type linkBad struct{ events map[string]int }

// Which is not ours.
func (l *linkBad) Watch(nc *nats.Conn) {
	nc.SetReconnectHandler(func(*nats.Conn) {
		l.events["up"]++ // want `map linkBad.events is written here and measured at libraries.go:\d+ with no lock in common: the callback .* is called on another goroutine`
	})
}

func (l *linkBad) Count() int { return len(l.events) }

// A goroutine for each event of a generic cache.
func EvictedBad(c *ttlcache.Cache[string, int]) {
	gone := map[string]bool{}
	c.OnEviction(func(_ context.Context, _ ttlcache.EvictionReason, item *ttlcache.Item[string, int]) {
		gone[item.Key()] = true // want `map gone is written here by several goroutines at once with no lock`
	})
}

func EvictedOk(c *ttlcache.Cache[string, int]) {
	c.OnEviction(func(_ context.Context, _ ttlcache.EvictionReason, item *ttlcache.Item[string, int]) {
		gone := map[string]bool{}
		gone[item.Key()] = true
	})
}

type flusherBad struct{ dirty map[string]bool }

func (p *flusherBad) flush() {
	for k := range p.dirty {
		delete(p.dirty, k) // want `map flusherBad.dirty is deleted from here and written at libraries.go:\d+ with no lock in common: the goroutine`
	}
}

func (p *flusherBad) Mark(k string) { p.dirty[k] = true }

// A function that is called again and again runs on the goroutine that was started for it.
func (p *flusherBad) Start(stop chan struct{}) { go wait.Until(p.flush, time.Second, stop) }

type flusherOk struct{ dirty map[string]bool }

func (p *flusherOk) flush() { clear(p.dirty) }

// It spawns nothing itself.
func (p *flusherOk) Run(stop chan struct{}) {
	p.dirty["start"] = true
	wait.Until(p.flush, time.Second, stop)
	p.dirty["stop"] = true
}

// Clear writes.
func ClearBad(stop chan struct{}) {
	seen := map[string]bool{}
	go func() {
		<-stop
		maps.Clear(seen) // want `map seen is cleared here and iterated at libraries.go:\d+ with no lock in common`
	}()
	_ = maps.Keys(seen)
}

// Two readers.
func KeysOk() {
	seen := map[string]bool{"a": true}
	go func() { _ = maps.Keys(seen) }()
	_ = maps.Keys(seen)
}
