module github.com/mapguard/mapguard/internal/nogotest

go 1.26.0

require (
	github.com/aymanbagabas/go-udiff v0.4.1
	github.com/bazelbuild/rules_go v0.65.0
	github.com/mapguard/mapguard v0.0.0
	github.com/stretchr/testify v1.12.1
	golang.org/x/tools v0.52.0
)

require go.yaml.in/yaml/v3 v3.0.6 // indirect

replace github.com/mapguard/mapguard => ../..
