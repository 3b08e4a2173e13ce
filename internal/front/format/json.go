package format

import (
	"io"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/vet"
)

// JSON prints go vet's schema: an object for each package that has findings.
func JSON(w io.Writer, fs []finding.Finding, _ *Context) error { return vet.Encode(w, fs) }
