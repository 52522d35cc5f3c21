// One row of a list: a chat with what was said last, or a person.

/** @import {App, Chat, User} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { tick } from '../proto/ticks.js'
import { locale, t } from '../words/index.js'
import { brief, full } from '../words/time.js'
import { avatar } from './avatar.js'
import { chatMenu } from './chatmenu.js'
import { line } from './text.js'
import { isHere, nameOf, presence } from './people.js'
import { tickMark } from './tickmark.js'

/** @param {App} app @param {Chat} chat */
export function chatRow(app, chat) {
  const data = app.data.value
  const self = chat.who === data?.me.id
  const name = nameOf(app, chat.who)
  const when = app.outbox.value.findLast((e) => e.to === chat.who)?.date ?? chat.last?.date ?? chat.date
  const fresh = chat.new > 0
  return row(app, chat.who, html`
    ${avatar({ id: chat.who, name, self, online: !self && isHere(app, chat.who) })}
    <span class="what"><b dir="auto">${name}</b>${!self && isHere(app, chat.who) ? html`<span class="offscreen">${t('here')}</span>` : nothing}<span class="preview" dir="auto">${preview(app, chat)}</span></span>
    <span class="side-note"><time datetime=${new Date(when).toISOString()} title=${full(when, locale())}>${brief(when, app.minute.value, locale())}</time>
      ${fresh ? html`<span class=${chat.muted ? 'n quiet' : 'n'} role="img" aria-label=${t('unread', { n: chat.new })}>${chat.new > 999 ? '999+' : chat.new}</span>` : nothing}</span>`)
}

/** @param {App} app @param {User} person */
export function personRow(app, person) {
  const self = person.id === app.data.value?.me.id
  const name = nameOf(app, person.id)
  return row(app, person.id, html`
    ${avatar({ id: person.id, name, self, online: !self && isHere(app, person.id) })}
    <span class="what"><b dir="auto">${name}</b><span class="preview">${self ? t('devices.here') : presence(app, person)}</span></span>`)
}

/** A link, so that keys, the other mouse button and a new tab work as everywhere. @param {App} app @param {number} who @param {unknown} content */
function row(app, who, content) {
  const open = app.route.value.name === 'chat' && app.route.value.who === who
  return html`<li><a class="row" href="#/chat/${who}" data-who=${who} aria-current=${open ? 'true' : nothing}
    @click=${(/** @type {MouseEvent} */ e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return
      e.preventDefault()
      app.filter.value = ''
      app.router.go('chat', who)
    }}
    @contextmenu=${(/** @type {MouseEvent} */ e) => {
      if (!app.data.peek()?.chats.has(who)) return
      e.preventDefault()
      chatMenu(app, who, { x: e.clientX, y: e.clientY })
    }}>${content}</a></li>`
}

/** @param {App} app @param {Chat} chat */
function preview(app, chat) {
  const open = app.route.value.name === 'chat' && app.route.value.who === chat.who
  const draft = app.draft.text(chat.who).trim()
  if (app.typing.value.has(chat.who)) return html`<span class="soft">${t('typing.short')}</span>`
  if (draft && !open) return html`<em>${t('draft')}</em> ${line(draft)}`
  const waiting = app.outbox.value.findLast((e) => e.to === chat.who)
  const self = chat.who === chat.user
  if (waiting) return html`${tickMark(waiting.state === 'failed' ? 'failed' : waiting.state === 'done' ? 'host' : 'sending')}${t('you.wrote', { text: line(waiting.content) })}`
  const last = chat.last
  if (!last) return nothing
  const text = last.recalled ? t('recalled') : line(last.content) || (last.files?.length ? t('files', { n: last.files.length }) : '')
  if (self) return text
  return last.user === chat.user ? html`${tickMark(tick(last, chat))}${t('you.wrote', { text })}` : text
}
