// One row of a list: a chat with what was said last, or a person.

/** @import {Session, Chat, User} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { tick } from '../proto/ticks.js'
import { lastAt, lastOf } from '../state/lastmessage.js'
import { pendingEntries } from '../state/pending.js'
import { locale, t } from '../words/index.js'
import { line, summary } from '../words/summary.js'
import { brief, full } from '../words/time.js'
import { avatar } from './avatar.js'
import { chatMenu } from './chatmenu.js'
import { icon } from './icons.js'
import { spot } from './menu.js'
import { isHere, nameOf, presence } from './people.js'
import { tickMark } from './tickmark.js'

/** @param {Session} session @param {Chat} chat @param {boolean} stop whether Tab stops here */
export function chatRow(session, chat, stop) {
  const data = session.data.value
  const self = chat.who === data.me.id
  const name = nameOf(session, chat.who)
  const when = lastAt(session, chat)
  const here = !self && isHere(session, chat.who)
  return row(session, chat.who, stop, html`
    ${avatar({ id: chat.who, name, self, online: here })}
    <span class="what"><b dir="auto">${name}</b>${here ? html`<span class="offscreen">${t('here')}</span>` : nothing}<span class="preview" dir="auto">${preview(session, chat)}</span></span>
    <span class="side-note"><time datetime=${new Date(when).toISOString()} title=${full(when, locale())}>${brief(when, session.minute.value, locale())}</time>
      <span class="signs">${sign(chat.pinned, 'pin', t('pinned'))}${sign(chat.muted, 'mute', t('muted'))}${count(chat)}</span></span>`)
}

/** @param {boolean} on @param {import('./icons.js').Icon} name @param {string} words */
const sign = (on, name, words) => on ? html`<span class="sign" role="img" aria-label=${words} title=${words}>${icon(name)}</span>` : nothing

/** @param {Chat} chat */
function count(chat) {
  const quiet = chat.muted ? ' quiet' : ''
  if (chat.new) return html`<span class="n${quiet}" role="img" aria-label=${t('unread', { n: chat.new })}>${chat.new > 999 ? '999+' : chat.new}</span>`
  return chat.marked ? html`<span class="n bare${quiet}" role="img" aria-label=${t('marked')} title=${t('marked')}></span>` : nothing
}

/** @param {Session} session @param {User} person @param {boolean} stop */
export function personRow(session, person, stop) {
  const self = person.id === session.data.value.me.id
  const name = nameOf(session, person.id)
  return row(session, person.id, stop, html`
    ${avatar({ id: person.id, name, self, online: !self && isHere(session, person.id) })}
    <span class="what"><b dir="auto">${name}</b><span class="preview">${self ? t('devices.here') : presence(session, person)}</span></span>`)
}

/** A link, so that keys, the other mouse button and a new tab work as everywhere. @param {Session} session @param {number} who @param {boolean} stop @param {unknown} content */
function row(session, who, stop, content) {
  const open = session.route.value.name === 'chat' && session.route.value.who === who
  const has = session.data.value.chats.has(who)
  const menu = (/** @type {{x: number, y: number} | Element} */ at) => chatMenu(session, who, at)
  return html`<li class="item"><a class="row" href="#/chat/${who}" data-who=${who} tabindex=${stop ? 0 : -1} aria-current=${open ? 'true' : nothing}
    aria-haspopup=${has ? 'menu' : nothing}
    @click=${(/** @type {MouseEvent} */ e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return
      e.preventDefault()
      session.filter.value = ''
      if (open) session.flags.opened(who)
      session.router.go('chat', who)
    }}
    @contextmenu=${(/** @type {MouseEvent} */ e) => {
      if (!has) return
      e.preventDefault()
      menu(spot(e))
    }}>${content}</a>
    ${has ? html`<button type="button" class="ic rowmenu" tabindex="-1" aria-haspopup="menu" aria-label=${t('menu.chatWith', { name: nameOf(session, who) })} title=${t('menu.chat')}
      @click=${(/** @type {any} */ e) => menu(e.currentTarget)}>${icon('more')}</button>` : nothing}</li>`
}

/** @param {Session} session @param {Chat} chat */
function preview(session, chat) {
  const open = session.route.value.name === 'chat' && session.route.value.who === chat.who
  const draft = session.draft.text(chat.who).trim()
  if (session.typing.value.has(chat.who)) return html`<span class="soft">${t('typing.short')}</span>`
  if (draft && !open) return html`<em>${t('draft')}</em> ${line(draft)}`
  const mine = pendingEntries(session).findLast((e) => e.to === chat.who)
  const self = chat.who === chat.user
  if (mine) return html`${tickMark(mine.state === 'failed' ? 'failed' : mine.state === 'done' ? 'host' : 'sending')}${t('you.wrote', { text: summary(mine) })}`
  const last = lastOf(session, chat)
  if (!last) return nothing
  const text = summary(last)
  if (self) return text
  return last.user === chat.user ? html`${tickMark(tick(last, chat))}${t('you.wrote', { text })}` : text
}
