// Inviting others.

export const invite = {
  'invite.title': 'Invite somebody',
  'invite.text': 'Whoever is on the same network opens one of these addresses in a browser and gives a name. Nothing to install.',
  'invite.code': 'Or they open this place’s address and give the code:',
  'invite.new': 'Make a new code',
  'invite.other': 'If that address does not open on their side, try these:',
}
