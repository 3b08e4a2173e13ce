package unlocks

// file is locked in two modes, and has one method to give up either.
type file interface {
	Lock()
	RLock()
	Unlock()
}

// latch has a method for each.
type latch interface {
	file
	RUnlock()
}

type Volume struct {
	file   file
	latch  latch
	mounts map[string]int
}

func (v *Volume) MountsOk(k string) int {
	v.file.RLock()
	defer v.file.Unlock()
	return v.mounts[k]
}

func (v *Volume) MountOk(k string) {
	v.file.Lock()
	v.mounts[k]++
	v.file.Unlock()
}

func (v *Volume) MountsBad(k string) int {
	v.latch.RLock()
	defer v.latch.Unlock() // want `Volume.latch is released with Unlock, but was taken with RLock on line 35`
	return v.mounts[k]
}

func (v *Volume) TwiceBad(k string) int {
	v.file.RLock()
	n := v.mounts[k]
	v.file.Unlock()
	v.file.Unlock() // want `Volume.file is released here, but was released on line 43 already`
	return n
}
