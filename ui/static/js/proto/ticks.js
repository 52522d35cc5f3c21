// What is known about a message of mine, from the marks of the other side. Each is true or isn't shown.

/** @import {Chat, Message} from '../../../types' */

/**
 * @param {Message} message
 * @param {Chat | undefined} chat
 * @returns {'host' | 'delivered' | 'read'}
 */
export function tick(message, chat) {
  if (!chat || chat.who === chat.user) return 'host'
  if (chat.peer_read >= message.seq) return 'read'
  return chat.peer_got >= message.seq ? 'delivered' : 'host'
}
