// Package pb is what protoc-gen-go-grpc writes.
package pb

import (
	"context"

	"google.golang.org/grpc"
)

// EchoServer is the service.
type EchoServer interface {
	Echo(ctx context.Context, in string) (string, error)
}

// RegisterEchoServer registers one.
func RegisterEchoServer(s grpc.ServiceRegistrar, srv EchoServer) { s.RegisterService(nil, srv) }
