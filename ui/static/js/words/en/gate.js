// The doors: first start, joining, signing in.

export const gate = {
  'setup.title': 'Start a place to talk',
  'setup.text': 'This computer becomes the host. Others on the same network join with a link; what you write stays here.',
  'setup.go': 'Start',
  'setup.closed.title': 'Almost there',
  'setup.closed.text': 'Duologue has just been started here and still waits for its owner. Open it on that computer, with the address that the program shows when it starts.',
  'join.title': 'Join {title}',
  'join.text': 'A name is enough. The others will see it.',
  'join.go': 'Join',
  'join.other': 'I have been here before',
  'signin.title': 'Sign in',
  'signin.text': 'With your name and the password you chose.',
  'signin.go': 'Sign in',
  'signin.help': 'No password? On a device where you are signed in, make a link in Settings under “My devices”, or ask the owner of this place for one.',
  'signin.other': 'I have an invitation',
  'lost.title': 'Looking for the host',
  'lost.text': 'The computer that hosts Duologue does not answer. This page tries again by itself.',

  'gate.unauthorized': 'Name or password is wrong.',
  'gate.forbidden': 'This code is not valid, or not any more.',
  'gate.conflict': 'That name is taken, or looks the same as another. Choose a different one.',
  'gate.invalid': 'This name cannot be used. Up to 40 letters, no invisible ones.',
  'gate.link': 'This link has been used already, or is too old.',
  'gate.ended': 'This device has been signed out.',
  'gate.other': 'Somebody else has signed in in another tab of this browser.',
  'gate.token': 'This start link is not valid any more. Start Duologue again on the host to get a new one.',
}
