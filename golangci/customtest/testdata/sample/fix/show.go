package fix

// Show is the caller of what is in the other file.
func Show(s *Store) int {
	return show(*s)
}
