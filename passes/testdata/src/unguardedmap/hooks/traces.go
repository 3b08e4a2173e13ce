package hooks

import (
	"context"
	"net/http/httptrace"
	"net/textproto"
)

// The answers to a request come one after another.
func HintsOk(ctx context.Context) context.Context {
	links := map[int]string{}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
			links[code] = h.Get("Link")
			return nil
		},
	})
}

// Addresses are tried at once.
func DialsBad(ctx context.Context) context.Context {
	tried := map[string]string{}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectStart: func(network, addr string) {
			tried[addr] = network // want `map tried is written here by several goroutines at once with no lock`
		},
	})
}

// The hook for answers runs beside those that dial.
func BothBad(ctx context.Context) context.Context {
	seen := map[string]int{}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectDone: func(network, addr string, err error) {
			_ = seen[addr]
		},
		Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
			seen["answers"]++ // want `map seen is written here and read`
			return nil
		},
	})
}
