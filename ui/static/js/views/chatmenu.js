// What can be done with a chat and, for the owner, with the person in it. Each says what the other side notices of it.

/** @import {Session} from '../../../types' */
import { isUnread } from '../state/chatflags.js'
import { minutesUntil } from '../words/duration.js'
import { t } from '../words/index.js'
import { askForDate } from './datejump.js'
import { nameOf } from './people.js'
import { saveChat } from './savechat.js'
import { openMenu } from './menu.js'

/** @typedef {import('./menu.js').Item} Item */

/** @param {Session} session @param {number} who @param {{x: number, y: number} | Element} at */
export function chatMenu(session, who, at) {
  const data = session.data.peek()
  const name = nameOf(session, who)
  const self = who === data.me.id
  const items = [...data.chats.has(who) ? mine(session, who, self ? '' : name) : []]
  if (data.chats.get(who)?.last) items.push({ icon: 'calendar', text: t('menu.date'), run: () => askForDate(session, who) })
  if (data.chats.has(who)) items.push({ icon: 'download', text: t('menu.saveChat'), note: t('menu.saveChat.note'), run: () => saveChat(who) })
  if (data.me.owner && !self && data.people.has(who)) items.push(helpIn(session, who, name), removePerson(session, who, name))
  if (data.chats.has(who)) items.push(remove(session, who, self ? '' : name))
  if (items.length) openMenu(session, at, t('menu.chat'), items)
}

/** What only I see. @param {Session} session @param {number} who @param {string} name empty for the chat with oneself @returns {Item[]} */
function mine(session, who, name) {
  const chat = session.data.peek().chats.get(who)
  if (!chat) return []
  /** @type {Item[]} */
  const items = [chat.pinned
    ? { icon: 'unpin', text: t('menu.unpin'), run: () => session.flags.pin(who) }
    : { icon: 'pin', text: t('menu.pin'), run: () => session.flags.pin(who) }]
  if (!name) return items
  items.push(chat.muted
    ? { icon: 'bell', text: t('menu.unmute'), run: () => session.flags.mute(who) }
    : { icon: 'mute', text: t('menu.mute'), note: t('menu.mute.note', { name }), run: () => session.flags.mute(who) })
  items.push(isUnread(chat)
    ? { icon: 'read', text: t('menu.read'), note: chat.new && session.data.peek().me.receipts !== false ? t('menu.read.note', { name }) : '', run: () => session.flags.read(who) }
    : { icon: 'unread', text: t('menu.unread'), note: t('menu.unread.note', { name }), run: () => session.flags.unread(who) })
  return items
}

/** @param {Session} session @param {number} who @param {string} name @returns {Item} */
const remove = (session, who, name) => ({
  icon: 'trash', text: t('menu.deleteChat'), note: name ? t('menu.deleteChat.note', { name }) : '', danger: true, run: () => {
    session.confirm.value = {
      title: t('sure.chat'), text: name ? t('sure.chat.text', { name }) : t('sure.chat.self'), action: t('delete'), danger: true,
      run: () => session.actions.deleteChat(who),
    }
  },
})

/** @param {Session} session @param {number} who @param {string} name @returns {Item} */
const helpIn = (session, who, name) => ({
  icon: 'link', text: t('menu.linkFor', { name }), run: async () => {
    const link = await session.settings.linkFor(who)
    if (link) session.linkDialog.value = { title: t('link.for.title', { name }), text: t('link.for.text', { name, n: minutesUntil(link.expires, session.actions.now()) }), link: link.url }
  },
})

/** @param {Session} session @param {number} who @param {string} name @returns {Item} */
const removePerson = (session, who, name) => ({
  icon: 'removePerson', text: t('menu.removePerson', { name }), danger: true, run: () => {
    session.confirm.value = {
      title: t('sure.person', { name }), text: t('sure.person.text', { name }), action: t('sure.person.go'), danger: true,
      run: async () => { await session.settings.removePerson(who) },
    }
  },
})
