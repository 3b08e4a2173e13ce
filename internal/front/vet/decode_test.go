package vet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/vet"
)

const two = `{
	"example.com/a": {
		"x": [
			{
				"category": "c",
				"posn": "/a/a.go:2:3",
				"end": "/a/a.go:2:9",
				"message": "\u003ca\u003e",
				"suggested_fixes": [
					{
						"message": "fix it",
						"edits": [
							{
								"filename": "/a/a.go",
								"start": 1,
								"end": 2,
								"new": "n"
							}
						]
					}
				],
				"related": [
					{
						"posn": "/b/b.go:1",
						"end": "-",
						"message": "there"
					}
				]
			}
		],
		"y": [
			{
				"posn": "/a/a.go:2:2",
				"end": "/a/a.go:2:2",
				"message": "first on the line"
			}
		]
	}
}
`

func TestDecode(t *testing.T) {
	res, err := vet.Decode(strings.NewReader("{}\n" + two + `{"example.com/b [example.com/b.test]": {"x": {"error": "it broke"}}}`))
	require.NoError(t, err)
	assert.Equal(t, 3, res.Packages)
	assert.Equal(t, []vet.AnalysisError{{Package: "example.com/b [example.com/b.test]", Check: "x", Message: "it broke"}}, res.Failed)
	require.Len(t, res.Findings, 2)
	assert.Equal(t, "y", res.Findings[0].Check, "sorted by place")
	assert.Equal(t, finding.Finding{
		Package: "example.com/a", Check: "x", Category: "c", Message: "<a>",
		Pos: finding.Pos{File: "/a/a.go", Line: 2, Col: 3}, End: finding.Pos{File: "/a/a.go", Line: 2, Col: 9},
		Related: []finding.Related{{Pos: finding.Pos{File: "/b/b.go", Line: 1}, Message: "there"}},
		Fixes:   []finding.Fix{{Message: "fix it", Edits: []finding.Edit{{File: "/a/a.go", Start: 1, End: 2, New: "n"}}}},
	}, res.Findings[1])
}

func TestEncodeIsTheInverse(t *testing.T) {
	res, err := vet.Decode(strings.NewReader(two))
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, vet.Encode(&b, res.Findings))
	assert.Equal(t, two, b.String())
}

func TestDecodeSaysWhatItCannotRead(t *testing.T) {
	for _, bad := range []string{"no JSON", `{"p": 1}`, `{"p": {"x": 1}}`, `{"p": {`} {
		_, err := vet.Decode(strings.NewReader(bad))
		assert.ErrorContains(t, err, "reading the", bad)
	}
}

func TestParsePos(t *testing.T) {
	for s, want := range map[string]finding.Pos{
		"/a/b.go:1:2":   {File: "/a/b.go", Line: 1, Col: 2},
		`C:\a\b.go:1:2`: {File: `C:\a\b.go`, Line: 1, Col: 2},
		"/a/b.go:7":     {File: "/a/b.go", Line: 7},
		"/a/b.go":       {File: "/a/b.go"},
		"/a/b:3.go":     {File: "/a/b:3.go"},
	} {
		got := finding.ParsePos(s)
		assert.Equal(t, want, got)
		assert.Equal(t, s, got.String())
	}
}
