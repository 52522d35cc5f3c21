// Where a message is written, or changed.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { commandKey } from '../dom/command.js'
import { pressed, sends } from '../dom/enter.js'
import { touch } from '../dom/touch.js'
import { bytesLeft } from '../text/messagelength.js'
import { locale, t } from '../words/index.js'
import { count } from '../words/size.js'
import { attachButton, tray } from './attach.js'
import { emojiPicker } from './emoji.js'
import { showEmoji } from './emojiopen.js'
import { icon } from './icons.js'
import { mayWrite, nameOf } from './people.js'
import { replyBar } from './replybar.js'

/** Whether Enter by itself breaks the line here. @param {Session} session */
const breaks = (session) => touch() || session.prefs.enter.value === 'ctrl'

/** Bytes as a number for people. @param {number} n */
const amount = (n) => count(n, locale())

/** @param {Session} session @param {number} who */
export function composer(session, who) {
  const data = session.data.value
  const editing = session.editing.value.get(who)
  const text = editing ? editing.text : session.draft.text(who)
  const self = who === data.me.id
  if (!mayWrite(session, who)) return html`<p class="composer closed">${t('removed')}</p>`
  const words = editing ? t('editing') : self ? t('compose.devices') : t('compose', { name: nameOf(session, who) })
  const left = bytesLeft(text.trim())
  const open = session.emoji.open.value
  return html`<div class="writing"><form class="composer" @submit=${(/** @type {Event} */ e) => { e.preventDefault(); submit(session, who) }}>
    ${editing ? nothing : replyBar(session, who)}
    ${editing ? html`<div class="editing">${icon('pencil')}<span>${t('editing')}</span>
      <button type="button" class="ic" aria-label=${t('cancel')} title=${t('cancel')} @click=${() => stop(session, who)}>${icon('close')}</button></div>` : nothing}
    ${left === null ? nothing : html`<div class=${left < 0 ? 'limit over' : 'limit'} role="status">${left < 0 ? t('compose.long', { n: amount(-left) }) : t('compose.left', { n: amount(left) })}</div>`}
    ${editing ? nothing : html`${tray(session, who)}${attachButton(session, who, touch())}`}
    <button type="button" class="ic" id="emoji" aria-expanded=${open} aria-label=${t('emoji')} title=${t('emoji')} @click=${() => showEmoji(session, !open, touch())}>${icon(open ? 'keyboard' : 'smile')}</button>
    <textarea id="box" rows="1" dir="auto" placeholder=${words} aria-label=${words} enterkeyhint=${breaks(session) ? 'enter' : 'send'} autocomplete="off"
      .value=${live(text)} @input=${(/** @type {any} */ e) => session.actions.type(who, e.target.value)} @keydown=${(/** @type {KeyboardEvent} */ e) => keys(session, who, e)}></textarea>
    <button type="submit" class="send" aria-label=${t(editing ? 'editing.save' : 'compose.send')} title=${`${t(editing ? 'editing.save' : 'compose.send')}${touch() ? '' : session.prefs.enter.value === 'ctrl' ? ` (${commandKey()}+Enter)` : ' (Enter)'}`}
      ?disabled=${(!text.trim() && (editing || !session.files.chosen.value.has(who))) || (left !== null && left < 0)}>${icon(editing ? 'check' : 'send')}</button></form>${emojiPicker(session)}</div>`
}

/** @param {Session} session @param {number} who @param {KeyboardEvent} e */
function keys(session, who, e) {
  if (sends(e, breaks(session))) {
    e.preventDefault()
    submit(session, who)
  } else if (pressed(e, 'Escape') && session.emoji.open.peek()) {
    e.preventDefault()
    session.emoji.show(false)
  } else if (pressed(e, 'Escape') && session.editing.peek().has(who)) {
    e.preventDefault()
    stop(session, who)
  }
}

/** @param {Session} session @param {number} who */
function submit(session, who) {
  if (session.editing.peek().has(who)) session.actions.edit(who)
  else session.actions.send(who)
  document.getElementById('box')?.focus()
}

/** @param {Session} session @param {number} who */
function stop(session, who) {
  session.actions.endEdit(who)
  document.getElementById('box')?.focus()
}
