// Package services has interfaces whose methods are called by many, and objects whose methods a registration makes so.
package services

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
)

// EchoServer and RegisterEchoServer stand for what protoc-gen-go-grpc writes.
type EchoServer interface {
	Echo(ctx context.Context, text string) (string, error)
}

func RegisterEchoServer(s grpc.ServiceRegistrar, srv EchoServer) {
	s.RegisterService(&grpc.ServiceDesc{}, srv)
}

type echoBad struct{ seen map[string]int }

func (e *echoBad) Echo(ctx context.Context, text string) (string, error) {
	e.seen[text]++ // want `map echoBad.seen is written here by several goroutines at once with no lock: echoBad.Echo runs for each request`
	return text, nil
}

func ServeBad(s grpc.ServiceRegistrar) { RegisterEchoServer(s, &echoBad{seen: map[string]int{}}) }

type echoOk struct{ seen map[string]int }

func (e *echoOk) Echo(ctx context.Context, text string) (string, error) {
	_ = e.seen[text]
	return text, nil
}

// Fill is no method of the service.
func (e *echoOk) Fill(text string) { e.seen[text]++ }

func ServeOk(s grpc.ServiceRegistrar) { RegisterEchoServer(s, &echoOk{seen: map[string]int{}}) }

// A function of a shape that says what it is for.
func CountBad() grpc.UnaryServerInterceptor {
	calls := map[string]int{}
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		calls["all"]++ // want `map calls is written here by several goroutines at once with no lock`
		return handler(ctx, req)
	}
}

func CountOk() grpc.UnaryServerInterceptor {
	limits := map[string]int{"all": 1}
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		_ = limits["all"]
		return handler(ctx, req)
	}
}

type statsBad struct{ last map[string]int }

func (s *statsBad) Describe(chan<- *prometheus.Desc) {}

func (s *statsBad) Collect(chan<- prometheus.Metric) {
	s.last["now"]++ // want `map statsBad.last is written here by several goroutines at once with no lock`
}

type statsOk struct{ descs map[string]*prometheus.Desc }

// Describe runs before the first Collect.
func (s *statsOk) Describe(chan<- *prometheus.Desc) { s.descs["a"] = nil }
func (s *statsOk) Collect(chan<- prometheus.Metric) { _ = s.descs["a"] }

// Collect alone makes no Collector.
type sinkOk struct{ last map[string]int }

func (s *sinkOk) Collect(chan<- prometheus.Metric) { s.last["now"]++ }
