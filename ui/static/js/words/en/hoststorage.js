// The room that everybody's files have.

export const hostStorage = {
  'space': 'Files of all',
  'space.used': 'Everybody together: {used}. The disk has room for {free} more.',
  'space.used.of': 'Everybody together: {used} of {cap}. The disk has room for {free} more.',
  'space.coming': '{size} are on their way.',
  'space.level.warn': 'Little room is left for files.',
  'space.level.full': 'No room is left for files.',
  'space.relief': 'Allow more, free some of the disk, or ask the others to remove old files: what nobody keeps any more makes room.',
  'space.cap': 'All files together at most, in GB',
  'space.cap.none': 'no limit',
  'space.cap.text': 'Left empty, only the disk limits them. A lower limit removes nothing.',
  'files.failed.quota': 'your files would take more than you may keep here.',
  'files.failed.cap': 'all files together would take more than the owner of this place allows.',
}
