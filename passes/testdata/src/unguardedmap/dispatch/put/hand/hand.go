// Package hand hands the objects of one package to another, as interfaces of that.
package hand

import (
	"net/http"

	"unguardedmap/dispatch/put/desk"
	"unguardedmap/dispatch/put/shelf"
)

func ServeBad() error {
	return http.ListenAndServe(":80", desk.New(shelf.NewPlain())) // want `map Plain.rows is written here by several goroutines at once`
}

func ServeOk() error { return http.ListenAndServe(":81", desk.New(shelf.NewLocked())) }

func HeldOk() error { return http.ListenAndServe(":82", desk.NewHeld(shelf.NewPlain())) }

func FilledOk() error {
	return http.ListenAndServe(":83", desk.Filled(shelf.NewLocked(), shelf.NewPlain()))
}
