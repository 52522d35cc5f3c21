// The lists on the left.

export const side = {
  'side.label': 'Chats and people',
  'side.find': 'Search people',
  'side.chats': 'Chats',
  'side.people': 'People',
  'side.here': 'People · {n} here',
  'side.none': 'No chats yet. Whom do you want to talk to?',
  'side.alone': 'Nobody else is here yet.',
  'side.nothing': 'Nobody of that name.',
  'side.invite': 'Invite somebody',
  'side.me': 'Settings, {name}',
  'draft': 'Draft:',
  'you': 'You',
  'you.wrote': 'You: {text}',
  'devices': 'My devices',
  'devices.here': 'text between your own devices',

  'here': 'here now',
  'seen': 'last here {time}',
  'away': 'not here now',
  'removed': 'not a member any more',
}
