package unit

import (
	"bytes"
	"compress/flate"
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"go/types"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A file of facts holds those about the functions of one package, those about each of its types and their methods, and those about types and methods of the packages
// below it, which importers may come by without importing these packages. Each part is
//
//	path of the package, and for a type a colon and its name; length; compressed { name, length, fact }…
//
// A part is read when something in it is asked for, and a fact is decoded when it is: most never are. Parts about other packages are copied as
// they are, which is why there is one for each type: of most packages importers come by a few types.

// factSet is the facts that the package imports and makes.
type factSet struct {
	parts map[string]*part
	made  map[string]map[string][]byte // by part and name
}

type part struct {
	packed []byte
	facts  map[string][]byte // by name; nil until it is asked for
}

var errFacts = errors.New("corrupt file of facts")

// readFacts reads the files of facts of the imports.
func readFacts(files map[string]string) (*factSet, error) {
	set := &factSet{parts: map[string]*part{}, made: map[string]map[string][]byte{}}
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

func (set *factSet) file(path string, data []byte) error {
	for len(data) > 0 {
		about, rest, ok := cut(data)
		if !ok {
			return errFacts
		}
		body, rest, ok := cut(rest)
		if !ok {
			return errFacts
		}
		data = rest
		name := string(about)
		// It is the same from all imports; should it not be, the package itself knows best.
		if set.parts[name] == nil || strings.HasPrefix(name, path+":") {
			set.parts[name] = &part{packed: body}
		}
	}
	return nil
}

// cut takes a string and its length off data.
func cut(data []byte) (head, rest []byte, ok bool) {
	n, size := binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size) {
		return nil, nil, false
	}
	data = data[size:]
	return data[:n], data[n:], true
}

func appendText[T string | []byte](data []byte, text T) []byte {
	return append(binary.AppendUvarint(data, uint64(len(text))), text...)
}

// get returns a fact of the part. What can't be read holds none: all parts were written by this program.
func (p *part) get(name string) []byte {
	if p.facts == nil {
		p.facts = map[string][]byte{}
		data, err := io.ReadAll(flate.NewReader(bytes.NewReader(p.packed)))
		for err == nil && len(data) > 0 {
			name, rest, ok := cut(data)
			if !ok {
				break
			}
			fact, rest, ok := cut(rest)
			if !ok {
				break
			}
			p.facts[string(name)], data = fact, rest
		}
	}
	return p.facts[name]
}

// typePart returns the name of the part about a type.
func typePart(t *types.TypeName) string { return t.Pkg().Path() + ":" + t.Name() }

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

// handedOn returns the part about the functions of the package of this path, and those about the given types, its own and others'. What was made about types that are not
// among them is of no use to importers, who can't have one.
func (set *factSet) handedOn(path string, types []string) ([]byte, error) {
	var out []byte
	var w *flate.Writer // for all: it takes more memory than most facts
	for _, name := range slices.Concat([]string{path}, types) {
		if made := set.made[name]; made != nil {
			if w == nil {
				w, _ = flate.NewWriter(nil, flate.DefaultCompression) // a level that there is; for 800 packages it takes 0.07 s more than the fastest
			}
			packed, err := pack(w, made)
			if err != nil {
				return nil, err
			}
			out = appendText(appendText(out, name), packed)
		} else if part := set.parts[name]; part != nil {
			out = appendText(appendText(out, name), part.packed)
		}
	}
	return out, nil
}

func pack(w *flate.Writer, facts map[string][]byte) ([]byte, error) {
	var data []byte
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		data = appendText(appendText(data, name), facts[name])
	}
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
