// Package zapcore stands in for the one of that path.
package zapcore

type ObjectEncoder interface {
	AddString(key, value string)
	AddArray(key string, value ArrayMarshaler) error
	AddObject(key string, value ObjectMarshaler) error
	AddReflected(key string, value any) error
}

type ArrayEncoder interface {
	AppendString(value string)
	AppendObject(value ObjectMarshaler) error
	AppendReflected(value any) error
}

type ObjectMarshaler interface {
	MarshalLogObject(enc ObjectEncoder) error
}

type ArrayMarshaler interface {
	MarshalLogArray(enc ArrayEncoder) error
}
