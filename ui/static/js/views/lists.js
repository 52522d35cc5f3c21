// The two lists, and what stands there while there is nothing to list. Tab stops at one row; the arrows go through them.

/** @import {Session, Chat, User} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { repeat } from '../../vendor/lit-html/directives/repeat.js'
import { pressed } from '../dom/enter.js'
import { lastAt } from '../state/lastmessage.js'
import { writtenAt } from '../state/pending.js'
import { t } from '../words/index.js'
import { chatRow, personRow } from './rows.js'
import { everybody } from './people.js'
import { icon } from './icons.js'

/** Those with something in them, pinned ones first, then the latest; the one with myself also while it is empty. @param {Session} session */
export function chats(session) {
  const data = session.data.value
  const open = session.route.value.name === 'chat' ? session.route.value.who : 0
  const written = writtenAt(session)
  const at = (/** @type {Chat} */ c) => lastAt(session, c, written)
  const shown = [...data.chats.values()]
    .filter((c) => c.last || c.draft || c.pinned || c.who === open || written.has(c.who) || session.drafts.value.get(c.who))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || at(b) - at(a))
  if (!shown.length) return nobody(session)
  /** @type {(Chat | User)[]} */
  const rows = shown.some((c) => c.who === data.me.id) ? shown : [...shown, data.me]
  const whoIn = (/** @type {Chat | User} */ row) => 'who' in row ? row.who : row.id
  const stop = stopAt(session, rows.map(whoIn))
  return html`<ul>${repeat(rows, whoIn, (row) => 'who' in row ? chatRow(session, row, row.who === stop) : personRow(session, row, row.id === stop))}</ul>`
}

/** @param {Session} session */
export function people(session) {
  const me = session.data.value.me
  const others = everybody(session)
  const shown = me ? [me, ...others] : others
  const stop = stopAt(session, shown.map((u) => u.id))
  return html`<ul>${repeat(shown, (u) => u.id, (u) => personRow(session, u, u.id === stop))}</ul>${others.length ? nothing : alone(session)}`
}

/** @param {Session} session @param {number[]} ids */
export function stopAt(session, ids) {
  const open = session.route.value.name === 'chat' ? session.route.value.who : 0
  return [session.rowAt.value, open].find((who) => ids.includes(who)) ?? ids[0]
}

/** @param {Session} session */
function nobody(session) {
  return html`${everybody(session).length ? html`<p class="hint">${t('side.none')}</p>` : nothing}${people(session)}`
}

/** @param {Session} session */
const alone = (session) => html`<div class="hint"><p>${t('side.alone')}</p>
  <button type="button" class="button" @click=${() => session.router.go('invite')}>${icon('invite')}${t('side.invite')}</button></div>`

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

/** @param {Session} session @param {any} e */
export function entered(session, e) {
  const who = Number(e.target.closest('.row')?.dataset.who)
  if (who) session.rowAt.value = who
}
