// What can be done with a chat and, for the owner, with the person in it. Each says what the other side notices of it.

/** @import {App} from '../../../types' */
import { isUnread } from '../state/chatflags.js'
import { t } from '../words/index.js'
import { askForDate } from './datejump.js'
import { nameOf } from './people.js'
import { saveChat } from './savechat.js'
import { openMenu } from './menu.js'

/** @typedef {import('./menu.js').Item} Item */

/** @param {App} app @param {number} who @param {{x: number, y: number} | Element} at */
export function chatMenu(app, who, at) {
  const data = app.data.peek()
  const name = nameOf(app, who)
  const self = who === data?.me.id
  const items = [...data?.chats.has(who) ? mine(app, who, self ? '' : name) : []]
  if (data?.chats.get(who)?.last) items.push({ icon: 'calendar', text: t('menu.date'), run: () => askForDate(app, who) })
  if (data?.chats.has(who)) items.push({ icon: 'download', text: t('menu.saveChat'), note: t('menu.saveChat.note'), run: () => saveChat(who) })
  if (data?.me.owner && !self && data.people.has(who)) items.push(helpIn(app, who, name), removePerson(app, who, name))
  if (data?.chats.has(who)) items.push(remove(app, who, self ? '' : name))
  if (items.length) openMenu(app, at, t('menu.chat'), items)
}

/** What only I see. @param {App} app @param {number} who @param {string} name empty for the chat with oneself @returns {Item[]} */
function mine(app, who, name) {
  const chat = app.data.peek()?.chats.get(who)
  if (!chat) return []
  /** @type {Item[]} */
  const items = [chat.pinned
    ? { icon: 'unpin', text: t('menu.unpin'), run: () => app.flags.pin(who) }
    : { icon: 'pin', text: t('menu.pin'), run: () => app.flags.pin(who) }]
  if (!name) return items
  items.push(chat.muted
    ? { icon: 'bell', text: t('menu.unmute'), run: () => app.flags.mute(who) }
    : { icon: 'mute', text: t('menu.mute'), note: t('menu.mute.note', { name }), run: () => app.flags.mute(who) })
  items.push(isUnread(chat)
    ? { icon: 'read', text: t('menu.read'), note: chat.new && app.data.peek()?.me.receipts !== false ? t('menu.read.note', { name }) : '', run: () => app.flags.read(who) }
    : { icon: 'unread', text: t('menu.unread'), note: t('menu.unread.note', { name }), run: () => app.flags.unread(who) })
  return items
}

/** @param {App} app @param {number} who @param {string} name @returns {Item} */
const remove = (app, who, name) => ({
  icon: 'trash', text: t('menu.deleteChat'), note: name ? t('menu.deleteChat.note', { name }) : '', danger: true, run: () => {
    app.confirm.value = {
      title: t('sure.chat'), text: name ? t('sure.chat.text', { name }) : t('sure.chat.self'), action: t('delete'), danger: true,
      run: () => app.actions.deleteChat(who),
    }
  },
})

/** @param {App} app @param {number} who @param {string} name @returns {Item} */
const helpIn = (app, who, name) => ({
  icon: 'link', text: t('menu.linkFor', { name }), run: async () => {
    const link = await app.actions.tell(app.api.linkFor(who))
    if (link) app.linkDialog.value = { title: t('link.for.title', { name }), text: t('link.for.text', { name, n: minutes(app, link.expires) }), link: link.url }
  },
})

/** @param {App} app @param {number} who @param {string} name @returns {Item} */
const removePerson = (app, who, name) => ({
  icon: 'removePerson', text: t('menu.removePerson', { name }), danger: true, run: () => {
    app.confirm.value = {
      title: t('sure.person', { name }), text: t('sure.person.text', { name }), action: t('sure.person.go'), danger: true,
      run: async () => { await app.actions.tell(app.api.removePerson(who)) },
    }
  },
})

/** @param {App} app @param {number} expires */
export const minutes = (app, expires) => Math.max(1, Math.round((expires - app.actions.now()) / 60_000))
