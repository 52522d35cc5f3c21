// My side of a chat as one file. The browser fetches it, shows how far it is and can stop it.

import { lang } from '../words/index.js'

/** @param {number} who */
export function saveChat(who) {
  const link = document.createElement('a')
  link.href = `/api/chats/${who}/export?lang=${lang.peek()}`
  link.download = ''
  document.body.append(link)
  link.click()
  link.remove()
}
