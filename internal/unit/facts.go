package unit

import (
	"encoding"
	"fmt"
	"go/types"
	"maps"
	"os"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// factSet is the facts that the package imports and makes.
type factSet struct {
	parts map[string]*part
	words map[string]*words            // by what they are, packed
	made  map[string]map[string][]byte // by part and name
}

// readFacts reads the files of facts of the imports.
func readFacts(files map[string]string) (*factSet, error) {
	set := &factSet{parts: map[string]*part{}, words: map[string]*words{}, made: map[string]map[string][]byte{}}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		data, err := os.ReadFile(files[path])
		if err != nil {
			return nil, err
		}
		if err := set.file(path, data); err != nil {
			return nil, fmt.Errorf("facts of %s: %w", path, err)
		}
	}
	return set, nil
}

// typePart returns what the part about a type is known as.
func typePart(t *types.TypeName) string { return partName(t.Pkg().Path(), t.Name()) }

// partName returns what the part about a type of the package of this path is known as, or the one about its functions if there is no name.
func partName(path, name string) string {
	if name == "" {
		return path
	}
	return path + ":" + name
}

// names returns the part that facts about obj are in, and what it is called there: "F", "M" for a method, or "" for a type.
func names(obj types.Object) (part, name string) {
	if t, ok := obj.(*types.TypeName); ok {
		return typePart(t), ""
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return "", ""
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Pkg().Path(), fn.Name()
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return typePart(named.Obj()), fn.Name()
	}
	return "", ""
}

func (set *factSet) read(obj types.Object, fact analysis.Fact) bool {
	if obj.Pkg() == nil {
		return false
	}
	part, name := names(obj)
	p := set.parts[part]
	if p == nil {
		return false
	}
	data := p.get(name)
	return data != nil && fact.(encoding.BinaryUnmarshaler).UnmarshalBinary(data) == nil
}

func (set *factSet) add(obj types.Object, fact analysis.Fact) {
	data, err := fact.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic(err)
	}
	part, name := names(obj)
	if part == "" {
		panic(fmt.Sprintf("a fact about %v: only functions and types have some", obj))
	}
	if set.made[part] == nil {
		set.made[part] = map[string][]byte{}
	}
	set.made[part][name] = data
}

// writeFacts writes the facts of the package, and those of the types that its importers can come by through it.
func (p *pkg) writeFacts() error {
	out, err := p.facts.handedOn(p.types.Path(), p.reached())
	if err != nil {
		return err
	}
	return os.WriteFile(p.cfg.VetxOutput, out, 0o666)
}
