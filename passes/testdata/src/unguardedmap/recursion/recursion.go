// Package recursion has functions that start goroutines and call themselves: what another activation has started touches its own maps.
package recursion

import (
	"errors"
	"sync"
)

type node struct {
	name string
	kids []*node
}

// The error leaves goroutines behind, but those of the recursive call have labels of their own.
func labelOk(n *node) (int, error) {
	labels := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, k := range n.kids {
		if k.name == "" {
			return 0, errors.New("no name")
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err := labelOk(k)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				labels[k.name] = "done"
			}
		}()
	}
	wg.Wait()
	if len(n.kids) > 0 {
		if _, err := labelOk(n.kids[0]); err != nil {
			return 0, err
		}
	}
	labels[n.name] = "root"
	return len(labels), nil
}

func LabelOk(n *node) int {
	labels, _ := labelOk(n)
	return labels
}

// The map is one for all activations: what the recursive call has left running writes it, too.
func markBad(n *node, seen map[string]bool) {
	for _, k := range n.kids {
		go func() {
			seen[k.name] = true // want `map seen is written here by several goroutines at once with no lock`
		}()
	}
	for _, k := range n.kids {
		markBad(k, seen)
	}
	delete(seen, n.name)
}

func MarkBad(n *node) { markBad(n, map[string]bool{}) }

// One goroutine for each activation, and all have one map.
func visitBad(n *node, seen map[string]int) {
	if n == nil {
		return
	}
	go func() {
		seen[n.name]++ // want `map seen is written here by several goroutines at once with no lock: the goroutine visitBad`
	}()
	for _, k := range n.kids {
		visitBad(k, seen)
	}
}

func VisitBad(n *node) { visitBad(n, map[string]int{}) }

// This activation has not waited for its own goroutine when it writes.
func countBad(n *node) int {
	sums := map[string]int{}
	done := make(chan bool)
	go func() {
		sums[n.name] = len(n.kids) // want `map sums is written here and read at recursion.go:\d+ with no lock in common`
		done <- true
	}()
	for _, k := range n.kids {
		sums[k.name] += countBad(k)
	}
	<-done
	return len(sums)
}

func CountBad(n *node) int { return countBad(n) }
