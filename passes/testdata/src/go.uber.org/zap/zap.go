// Package zap stands in for the one of that path.
package zap

import "go.uber.org/zap/zapcore"

type Field struct{}

func Any(key string, value any) Field                        { return Field{} }
func Object(key string, value zapcore.ObjectMarshaler) Field { return Field{} }
func Inline(value zapcore.ObjectMarshaler) Field             { return Field{} }
func Array(key string, value zapcore.ArrayMarshaler) Field   { return Field{} }
func Info(msg string, fields ...Field)                       {}
