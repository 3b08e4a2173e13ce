// Package cron is a stub with the shape of github.com/robfig/cron/v3.
package cron

import "context"

type EntryID int

type Job interface{ Run() }

type FuncJob func()

func (f FuncJob) Run() { f() }

type Cron struct{ jobs []Job }

type JobWrapper func(Job) Job

func SkipIfStillRunning() JobWrapper { return nil }

type Option func(*Cron)

func WithChain(wrappers ...JobWrapper) Option { return nil }

func New(opts ...Option) *Cron { return &Cron{} }

func (c *Cron) AddFunc(spec string, cmd func()) (EntryID, error) { return c.AddJob(spec, FuncJob(cmd)) }

func (c *Cron) AddJob(spec string, cmd Job) (EntryID, error) {
	c.jobs = append(c.jobs, cmd)
	return 0, nil
}

func (c *Cron) Start() {}

// Stop returns a context that is done when the running jobs are.
func (c *Cron) Stop() context.Context { return context.Background() }
