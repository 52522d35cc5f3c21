// The sheet of shortcuts.

export const keys = {
  'keys': 'Keyboard shortcuts',
  'keys.everywhere': 'Everywhere',
  'keys.sheet': 'This sheet, outside of fields',
  'keys.tab': 'From one thing to the next, with Shift back',
  'keys.escape': 'Close what is open',
  'keys.lists': 'Chats and people',
  'keys.rows': 'Through the rows, to the first, to the last',
  'keys.open': 'Open the chat',
  'keys.menu': 'What can be done with the chat',
  'keys.talk': 'Conversation',
  'keys.messages': 'From message to message',
  'keys.actions': 'What can be done with the message',
  'keys.box': 'Back to the field where you write',
  'keys.writing': 'Writing',
  'keys.send': 'Send',
  'keys.break': 'Break the line',
  'keys.last': 'Change your last message, in an empty field',
  'keys.emoji': 'Choose an emoji',
}
