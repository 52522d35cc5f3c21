package desktop

import "io/fs"

// onDisk is what a file takes of the disk. Windows gives files all their
// space at once.
func onDisk(info fs.FileInfo) int64 { return info.Size() }
