// Inviting others.

export const invite = {
  'invite.title': 'Invite somebody',
  'invite.text': 'Whoever is on the same network needs only a browser and a name. Nothing to install.',
  'invite.scan': 'Scan the picture',
  'invite.type': 'Or type this into the address bar of a browser:',
  'invite.code': 'and then this code:',
  'invite.new': 'Make a new code',
  'invite.send': 'Or send this link',
  'invite.other': 'If that address does not open on their side',
  'invite.wechat': 'Scanned with WeChat: tap ••• and choose “Open in browser”.',
  'invite.closed': 'Only this computer can open this address. Others cannot come in yet.',
  'qr': 'QR code of the address',
}
