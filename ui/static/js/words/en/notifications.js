// Sound, pop-ups, do not disturb.

export const notifications = {
  'notice.title': 'Notifications',
  'notice.sound': 'A sound for new messages',
  'notice.popups': 'Pop-ups for new messages while you are not looking here',
  'notice.quiet': 'Do not disturb: no sound and no pop-ups in this browser',
  'notice.insecure': 'No pop-ups here: browsers show them only over a secure connection or on the host computer itself, and this is plain http on the network. The sound stays, and the tab’s title and icon count what is new.',
  'notice.denied': 'No pop-ups here: this browser was told to block them. Allow notifications for this page beside the address, then reload. The tab’s title and icon count what is new.',
  'notice.missing': 'No pop-ups here: this browser has none for pages. The sound stays, and the tab’s title and icon count what is new.',
}
