// The two lists, and what stands there while there is nothing to list. Tab stops at one row; the arrows go through them.

/** @import {App, Chat, User} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { repeat } from '../../vendor/lit-html/directives/repeat.js'
import { pressed } from '../dom/enter.js'
import { lastAt } from '../state/lastmessage.js'
import { writtenAt } from '../state/pending.js'
import { t } from '../words/index.js'
import { chatRow, personRow } from './rows.js'
import { everybody } from './people.js'
import { icon } from './icons.js'

/** Those with something in them, pinned ones first, then the latest; the one with myself also while it is empty. @param {App} app */
export function chats(app) {
  const data = app.data.value
  const open = app.route.value.name === 'chat' ? app.route.value.who : 0
  const written = writtenAt(app)
  const at = (/** @type {Chat} */ c) => lastAt(app, c, written)
  const shown = [...data?.chats.values() ?? []]
    .filter((c) => c.last || c.draft || c.pinned || c.who === open || written.has(c.who) || app.drafts.value.get(c.who))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || at(b) - at(a))
  if (!shown.length) return nobody(app)
  /** @type {(Chat | User)[]} */
  const rows = !data || shown.some((c) => c.who === data.me.id) ? shown : [...shown, data.me]
  const whoIn = (/** @type {Chat | User} */ row) => 'who' in row ? row.who : row.id
  const stop = stopAt(app, rows.map(whoIn))
  return html`<ul>${repeat(rows, whoIn, (row) => 'who' in row ? chatRow(app, row, row.who === stop) : personRow(app, row, row.id === stop))}</ul>`
}

/** @param {App} app */
export function people(app) {
  const me = app.data.value?.me
  const others = everybody(app)
  const shown = me ? [me, ...others] : others
  const stop = stopAt(app, shown.map((u) => u.id))
  return html`<ul>${repeat(shown, (u) => u.id, (u) => personRow(app, u, u.id === stop))}</ul>${others.length ? nothing : alone(app)}`
}

/** @param {App} app @param {number[]} ids */
export function stopAt(app, ids) {
  const open = app.route.value.name === 'chat' ? app.route.value.who : 0
  return [app.rowAt.value, open].find((who) => ids.includes(who)) ?? ids[0]
}

/** @param {App} app */
function nobody(app) {
  return html`${everybody(app).length ? html`<p class="hint">${t('side.none')}</p>` : nothing}${people(app)}`
}

/** @param {App} app */
const alone = (app) => html`<div class="hint"><p>${t('side.alone')}</p>
  <button type="button" class="button" @click=${() => app.router.go('invite')}>${icon('invite')}${t('side.invite')}</button></div>`

/** What a list will look like, for the moment before it is here. */
export const blanks = () => html`<ul class="blanks" aria-hidden="true">${[1, 2, 3, 4, 5].map(() => html`<li class="blank"><i></i><span><b></b><b></b></span></li>`)}</ul>`

/** Up, down, to the first and the last row; up from the first into the field; M for what can be done with a chat. @param {KeyboardEvent} e */
export function arrows(e) {
  const list = document.getElementById('lists')
  const rows = /** @type {HTMLElement[]} */ ([...list?.querySelectorAll('.row') ?? []])
  const at = rows.findIndex((r) => r.parentElement?.contains(document.activeElement))
  // What Shift+F10 is elsewhere, a Mac has no key for.
  if (pressed(e, 'm') && rows[at] === document.activeElement && !e.ctrlKey && !e.metaKey && !e.altKey) {
    e.preventDefault()
    rows[at].dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
    return
  }
  const to = pressed(e, 'ArrowDown') ? Math.min(at + 1, rows.length - 1) : pressed(e, 'ArrowUp') ? at - 1
    : at < 0 ? null : pressed(e, 'Home') ? 0 : pressed(e, 'End') ? rows.length - 1 : null
  if (to === null || e.ctrlKey || e.metaKey || e.altKey) return
  e.preventDefault()
  const row = rows[to]
  if (row) row.focus()
  else if (to < 0 && at === 0) document.getElementById('find')?.focus()
}

/** @param {App} app @param {any} e */
export function entered(app, e) {
  const who = Number(e.target.closest('.row')?.dataset.who)
  if (who) app.rowAt.value = who
}
