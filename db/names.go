package db

import "duologue/db/names"

// CleanName gives the form in which a name is kept and shown, see names.Clean.
func CleanName(name string) (string, error) { return names.Clean(name) }

// FoldName gives the form by which names are compared, see names.Fold.
func FoldName(name string) string { return names.Fold(name) }
