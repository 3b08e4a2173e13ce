package unguardedmap_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// TestFixtures runs every topic folder, each as a package of its own: what is marked is reported, and nothing else.
func TestFixtures(t *testing.T) {
	root, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	topics, err := os.ReadDir(filepath.Join(root, "src", "unguardedmap"))
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range topics {
		t.Run(topic.Name(), func(t *testing.T) {
			t.Parallel()
			analysistest.Run(t, root, unguardedmap.Analyzer, "unguardedmap/"+topic.Name()+"/...")
		})
	}
}
