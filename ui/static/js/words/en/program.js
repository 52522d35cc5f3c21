// The program on the host's computer.

export const program = {
  'program.title': 'This program',
  'program.version': 'Version',
  'program.since': 'Running since',
  'program.people': 'People',
  'program.people.n': { one: '{n} person, {online} here now', other: '{n} people, {online} here now' },
  'program.size': 'On the disk',
  'program.folder': 'Folder',
  'program.addresses': 'Addresses',
  'program.startup': 'Start with the computer',
  'program.awake': 'Keep this computer awake while others are connected',
  'program.elsewhere': 'These are switched on the host’s own computer.',
  'program.quit': 'Quit Duologue',
  'program.ended': 'Duologue has ended. Start it again on the host’s computer when you need it; you can close this page.',
  'sure.quit': 'Quit Duologue?',
  'sure.quit.text': 'Nobody can write or read here until it is started again on the host’s computer. Nothing is lost.',
  'sure.quit.others': { one: '{n} other person is here now.', other: '{n} others are here now.' },
}
