// Package turncopies holds loops in which each goroutine gets a copy of a struct, with the map of the original or with one of its own.
package turncopies

import (
	"maps"
	"sync"
)

type job struct {
	name   string
	labels map[string]string
	parent *job
}

func (j *job) with(name string) *job { return &job{name: name, labels: j.labels} }

func methodBad(j *job, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		c := j.with(n)
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels["name"] = c.name // want `map job.labels is written here by several goroutines at once with no lock`
		}()
	}
	wg.Wait()
}

type valueJob struct {
	name   string
	labels map[string]string
}

func valueBad(j *valueJob, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		c := *j
		c.name = n
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels["name"] = c.name // want `map valueJob.labels is written here by several goroutines at once with no lock`
		}()
	}
	wg.Wait()
}

type sentJob struct {
	name   string
	labels map[string]string
}

func (j sentJob) run() {
	j.labels["name"] = j.name // want `map j.labels is written here by several goroutines at once with no lock`
}

func literalBad(labels map[string]string, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go func(j sentJob) {
			defer wg.Done()
			j.run()
		}(sentJob{name: n, labels: labels})
	}
	wg.Wait()
}

type ownJob struct {
	name   string
	labels map[string]string
}

func (j *ownJob) with(name string) *ownJob {
	return &ownJob{name: name, labels: maps.Clone(j.labels)}
}

func cloneOk(j *ownJob, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		c := j.with(n)
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels["name"] = c.name
		}()
	}
	wg.Wait()
}

type itemJob struct {
	name   string
	labels map[string]string
}

// The copies are of one item each.
func itemsOk(jobs []*itemJob) {
	var wg sync.WaitGroup
	for _, j := range jobs {
		c := *j
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels["name"] = c.name
		}()
	}
	wg.Wait()
}

type listJob struct {
	name   string
	labels map[string]string
	next   *listJob
}

func (j *listJob) copy() *listJob { return &listJob{name: j.name, labels: j.labels} }

// So are these.
func listOk(j *listJob) {
	var wg sync.WaitGroup
	for ; j != nil; j = j.next {
		c := j.copy()
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels["name"] = c.name
		}()
	}
	wg.Wait()
}

type resetJob struct {
	name   string
	labels map[string]string
}

// The copy gets a map of its own before the goroutine starts.
func resetOk(j *resetJob, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		c := *j
		c.labels = map[string]string{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels["name"] = n
		}()
	}
	wg.Wait()
}

type variableJob struct {
	labels map[string]string
}

// The variable that holds the map is a part of the copy.
func variableOk(j *variableJob, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		c := *j
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.labels = map[string]string{"name": n}
		}()
	}
	wg.Wait()
}
