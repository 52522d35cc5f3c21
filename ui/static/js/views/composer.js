// Where a message is written, or changed.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { commandKey } from '../dom/command.js'
import { pressed, sends } from '../dom/enter.js'
import { bytesLeft } from '../text/messagelength.js'
import { setIn } from '../state/signals.js'
import { locale, t } from '../words/index.js'
import { attachButton, tray } from './attach.js'
import { emojiPicker, showEmoji } from './emoji.js'
import { icon } from './icons.js'
import { mayWrite, nameOf } from './people.js'
import { replyBar } from './replybar.js'

export const touch = () => matchMedia('(hover: none) and (pointer: coarse)').matches

/** Whether Enter by itself breaks the line here. @param {App} app */
const breaks = (app) => touch() || app.prefs.enter.value === 'ctrl'

/** Bytes as a number for people. @param {number} n */
const amount = (n) => n.toLocaleString(locale())

/** @param {App} app @param {number} who */
export function composer(app, who) {
  const data = app.data.value
  const editing = app.editing.value.get(who)
  const text = editing ? editing.text : app.draft.text(who)
  const self = who === data?.me.id
  if (!mayWrite(app, who)) return html`<p class="composer closed">${t('removed')}</p>`
  const words = editing ? t('editing') : self ? t('compose.devices') : t('compose', { name: nameOf(app, who) })
  const left = bytesLeft(text.trim())
  const open = app.emoji.open.value
  return html`<div class="writing"><form class="composer" @submit=${(/** @type {Event} */ e) => { e.preventDefault(); submit(app, who) }}>
    ${editing ? nothing : replyBar(app, who)}
    ${editing ? html`<div class="editing">${icon('pencil')}<span>${t('editing')}</span>
      <button type="button" class="ic" aria-label=${t('cancel')} title=${t('cancel')} @click=${() => stop(app, who)}>${icon('close')}</button></div>` : nothing}
    ${left === null ? nothing : html`<div class=${left < 0 ? 'limit over' : 'limit'} role="status">${left < 0 ? t('compose.long', { n: amount(-left) }) : t('compose.left', { n: amount(left) })}</div>`}
    ${editing ? nothing : html`${tray(app, who)}${attachButton(app, who, touch())}`}
    <button type="button" class="ic" id="emoji" aria-expanded=${open} aria-label=${t('emoji')} title=${t('emoji')} @click=${() => showEmoji(app, !open, touch())}>${icon(open ? 'keyboard' : 'smile')}</button>
    <textarea id="box" rows="1" dir="auto" placeholder=${words} aria-label=${words} enterkeyhint=${breaks(app) ? 'enter' : 'send'} autocomplete="off"
      .value=${live(text)} @input=${(/** @type {any} */ e) => typed(app, who, e.target.value)} @keydown=${(/** @type {KeyboardEvent} */ e) => keys(app, who, e)}></textarea>
    <button type="submit" class="send" aria-label=${t(editing ? 'editing.save' : 'compose.send')} title=${`${t(editing ? 'editing.save' : 'compose.send')}${touch() ? '' : app.prefs.enter.value === 'ctrl' ? ` (${commandKey()}+Enter)` : ' (Enter)'}`}
      ?disabled=${(!text.trim() && (editing || !app.files.chosen.value.has(who))) || (left !== null && left < 0)}>${icon(editing ? 'check' : 'send')}</button></form>${emojiPicker(app)}</div>`
}

/** As high as its text, up to the height that the style sheet sets. */
export function grow() {
  const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('box'))
  if (!box || box.dataset.fits === `${box.clientWidth} ${box.value}`) return
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
  box.dataset.fits = `${box.clientWidth} ${box.value}`
}

/** @param {App} app @param {number} who @param {string} text */
function typed(app, who, text) {
  const editing = app.editing.peek().get(who)
  if (editing) return setIn(app.editing, who, { ...editing, text })
  app.draft.type(who, text)
  app.typed.typed(who, text)
}

/** @param {App} app @param {number} who @param {KeyboardEvent} e */
function keys(app, who, e) {
  if (sends(e, breaks(app))) {
    e.preventDefault()
    submit(app, who)
  } else if (pressed(e, 'Escape') && app.emoji.open.peek()) {
    e.preventDefault()
    app.emoji.show(false)
  } else if (pressed(e, 'Escape') && app.editing.peek().has(who)) {
    e.preventDefault()
    stop(app, who)
  }
}

/** @param {App} app @param {number} who */
function submit(app, who) {
  const editing = app.editing.peek().get(who)
  if (editing) app.actions.edit(who, editing.message, editing.text)
  else if (!app.files.send(who, app.draft.text(who))) app.actions.send(who, app.draft.text(who))
  document.getElementById('box')?.focus()
}

/** @param {App} app @param {number} who */
function stop(app, who) {
  setIn(app.editing, who, undefined)
  document.getElementById('box')?.focus()
}
