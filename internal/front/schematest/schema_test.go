package schematest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sample has a finding with related places, one with a fix (of go vet's own checks), and letters of several lengths.
var sample = map[string]string{
	"go.mod": "module example.com/demo\n\ngo 1.26\n",
	"a/demo.go": `package demo

import "sync"

type Server struct {
	mu   sync.Mutex
	hits map[string]int
}

func (s *Server) Count(k string) { s.mu.Lock(); s.hits[k]++; s.mu.Unlock() }

func (s *Server) Report() (n int) {
	/* 世界 😀 */ for range s.hits {
		n++
	}
	/* é */ n = n
	return n
}

func Spawn(m map[string]int) {
	for range 9 {
		go func() { m["<&>"]++ }()
	}
}
`,
}

// output returns what mapguard prints for the packages in a directory.
func output(t *testing.T, dir, format string) []byte {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "mapguard")
	out, err := exec.Command("go", "build", "-C", "../../..", "-o", bin, "./cmd/mapguard").CombinedOutput()
	require.NoError(t, err, string(out))
	cmd := exec.Command(bin, "-vet", "-config=", "-format="+format, "./...")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		require.Equal(t, 1, exit.ExitCode(), stderr.String())
	}
	return text
}

func write(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	return dir
}

// schema compiles a schema that lies in a module. Nothing of the module is compiled, so that go test has not fetched it.
func schema(t *testing.T, module, path string) *jsonschema.Schema {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", module)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, string(out))
	var got struct{ Dir string }
	require.NoError(t, json.Unmarshal(out, &got))
	s, err := jsonschema.NewCompiler().Compile(filepath.Join(got.Dir, path))
	require.NoError(t, err)
	return s
}

func TestSARIF(t *testing.T) {
	s := schema(t, "github.com/securego/gosec/v2", "report/sarif/testdata/sarif-schema-2.1.0.json")
	text := output(t, write(t, sample), "sarif")
	valid(t, s, text)
	for _, want := range []string{`"fixes"`, `"codeFlows"`, `"partialFingerprints"`, `"relatedLocations"`, `"uri": "a/demo.go"`} {
		assert.Contains(t, string(text), want)
	}
	invalid(t, s, bytes.Replace(text, []byte(`"startLine": 13`), []byte(`"startLine": "13"`), 1))
	valid(t, s, output(t, write(t, map[string]string{"go.mod": sample["go.mod"], "p.go": "package p\n"}), "sarif"))
}

// multitool is Microsoft's validator: it knows rules that no schema says, GitHub's among them.
const multitool = "@microsoft/sarif-multitool-linux@5.7.0"

func TestMultitool(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the validator is another package on each system")
	}
	dir := write(t, sample)
	tools := t.TempDir()
	out, err := exec.Command("npm", "install", "--silent", "--prefix", tools, multitool).CombinedOutput()
	require.NoError(t, err, "npm is needed: %s", out)
	text := output(t, dir, "sarif")
	validate := func(text []byte) string {
		log := filepath.Join(dir, "out.sarif")
		require.NoError(t, os.WriteFile(log, text, 0o666))
		cmd := exec.Command(filepath.Join(tools, "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool"),
			"validate", log, "--rule-kind", "Sarif;Ghas", "--output", filepath.Join(dir, "report.sarif"), "--log", "ForceOverwrite")
		cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		require.Contains(t, string(out), "Analysis completed successfully")
		return string(out)
	}
	// A build of a work tree has no version that readers could compare.
	bad := regexp.MustCompile(`(?m)^.*: (?:error|warning) (?:SARIF|GH|JSON)\d+: .*$`)
	for _, line := range bad.FindAllString(validate(text), -1) {
		assert.Contains(t, line, "SARIF2005")
	}
	wrong := bytes.ReplaceAll(text, []byte(`"endColumn": `), []byte(`"endColumn": -`))
	assert.Regexp(t, `error (SARIF|GH|JSON)\d+`, validate(wrong), "the validator would notice")
}

func TestRDJSON(t *testing.T) {
	s := schema(t, "github.com/reviewdog/reviewdog", "proto/rdf/jsonschema/DiagnosticResult.json")
	text := output(t, write(t, sample), "rdjson")
	valid(t, s, text)
	assert.Contains(t, string(text), `"suggestions"`)
	invalid(t, s, bytes.Replace(text, []byte(`"line": 13`), []byte(`"line": "x"`), 1))
	valid(t, s, output(t, write(t, map[string]string{"go.mod": sample["go.mod"], "p.go": "package p\n"}), "rdjson"))
}

func valid(t *testing.T, s *jsonschema.Schema, text []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err, string(text))
	assert.NoError(t, s.Validate(v), string(text))
}

// invalid shows that the schema would notice.
func invalid(t *testing.T, s *jsonschema.Schema, text []byte) {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(text, &v))
	assert.Error(t, s.Validate(v))
}
