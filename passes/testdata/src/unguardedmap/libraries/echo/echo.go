// Package echo puts a program together. The service is judged where it stands.
package echo

import (
	"google.golang.org/grpc"

	"unguardedmap/libraries/echo/pb"
	"unguardedmap/libraries/echo/server"
)

func ServeOk(s grpc.ServiceRegistrar) {
	pb.RegisterEchoServer(s, &server.Server{})
}
