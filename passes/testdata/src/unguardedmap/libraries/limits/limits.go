// Package limits has what the rows of the models can't say.
package limits

import (
	"io"
	"os/exec"
	"sync"

	"github.com/robfig/cron/v3"
)

// An option of the scheduler keeps a job from running beside itself.
func FP_Skip() {
	runs := map[string]int{}
	c := cron.New(cron.WithChain(cron.SkipIfStillRunning()))
	c.AddFunc("* * * * *", func() {
		runs["tick"]++ // want `map runs is written here by several goroutines at once with no lock`
	})
}

type captureBad struct{ lines map[string]int }

func (c *captureBad) Write(p []byte) (int, error) {
	c.lines[string(p)]++
	return len(p), nil
}

// The command writes its output on a goroutine of its own until Wait.
func FN_Output(cmd *exec.Cmd) (int, error) {
	c := &captureBad{lines: map[string]int{}}
	cmd.Stdout = io.Writer(c)
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	return len(c.lines), cmd.Wait()
}

// What runs the function is itself the result of a call.
func debounce() func(f func()) { return nil }

func FN_Debounced() int {
	seen := map[string]int{}
	later := debounce()
	later(func() { seen["a"]++ })
	return len(seen)
}

// The context that Stop returns is done when the jobs are.
func FP_Stopped() int {
	var mu sync.Mutex
	runs := map[string]int{}
	c := cron.New()
	c.AddFunc("* * * * *", func() {
		mu.Lock()
		defer mu.Unlock()
		runs["tick"]++ // want `map runs is written here and measured at .* with no lock in common`
	})
	c.Start()
	<-c.Stop().Done()
	return len(runs)
}
