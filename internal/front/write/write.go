// Package write replaces files as a whole: a reader, or a run that is interrupted, sees the old content or the new and never a half.
package write

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// File replaces a file's content, or makes the file. What is no regular file, such as /dev/stdout, is written to.
func File(name string, data []byte) error {
	return Files(map[string][]byte{name: data}, []string{name})
}

// Files replaces several files, in order. All new contents are on disk before the first file is replaced, so that a full or read-only disk changes
// nothing.
func Files(content map[string][]byte, order []string) (err error) {
	type pending struct{ from, to string }
	var ready []pending
	defer func() {
		for _, p := range ready {
			os.Remove(p.from) // those not renamed
		}
	}()
	for _, name := range order {
		to, err := filepath.EvalSymlinks(name)
		if errors.Is(err, fs.ErrNotExist) {
			to = name
		} else if err != nil {
			return err
		}
		info, err := os.Stat(to)
		mode := fs.FileMode(0o666)
		switch {
		case err == nil && info.IsDir():
			return fmt.Errorf("%s is a directory", name)
		case err == nil && !info.Mode().IsRegular():
			if err := os.WriteFile(to, content[name], 0o666); err != nil {
				return err
			}
			continue
		case err == nil && info.Mode().Perm()&0o200 == 0:
			return fmt.Errorf("%s is read-only", name)
		case err == nil:
			mode = info.Mode().Perm()
		}
		temp, err := fill(to, mode, content[name])
		if err != nil {
			return err
		}
		ready = append(ready, pending{temp, to})
	}
	for len(ready) > 0 {
		if err := os.Rename(ready[0].from, ready[0].to); err != nil {
			return err
		}
		ready = ready[1:]
	}
	return nil
}

// fill writes data to a new file beside name and returns its name.
func fill(name string, mode fs.FileMode, data []byte) (string, error) {
	dir, base := filepath.Split(name)
	for i := range 1000 {
		// Not os.CreateTemp, whose files are for the owner alone whatever the umask.
		temp := fmt.Sprintf("%s.%s.%d-%d", dir, base, os.Getpid(), i)
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("can't write beside %s: %w", name, err)
		}
		_, err = f.Write(data)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(temp)
			return "", err
		}
		return temp, nil
	}
	return "", fmt.Errorf("can't find a free name beside %s", name)
}
