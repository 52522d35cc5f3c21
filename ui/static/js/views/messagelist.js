// The messages between head and composer: days, the line at the first unread, bubbles in groups, what is still on its way.

/** @import {Session, Entry, HistoryWindow, Chat, Message} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { repeat } from '../../vendor/lit-html/directives/repeat.js'
import { hasNewer, hasOlder, holdsAfter } from '../proto/messagerange.js'
import { drawn, shown } from '../proto/window.js'
import { pendingEntries } from '../state/pending.js'
import { locale, t } from '../words/index.js'
import { day, dayOf } from '../words/time.js'
import { dropHint } from './attach.js'
import { icon } from './icons.js'
import { bubble, keyOf, pending } from './message.js'
import { nameOf } from './people.js'
import { deviceLine } from './devicelabel.js'
import { messageKeys } from './messagekeys.js'
import { undoBar } from './undobar.js'

/** Messages of one person within this time stand closer together, ms. */
const GROUP = 60_000

/** @typedef {{key: string, view: () => unknown}} Row */

/** @param {Session} session @param {number} who @param {{scrolled: (log: HTMLElement) => void}} on */
export function messageList(session, who, on) {
  const data = session.data.value
  const chat = data.chats.get(who)
  const w = session.windows.value.get(who)
  const name = nameOf(session, who)
  session.toEnd.value // a wish to go somewhere is a reason to draw
  session.target.value
  return html`<div class="logbox">
    <div class="log" id="log" role="log" aria-live="off" tabindex="0" aria-label=${t('log', { name })} aria-busy=${busy(w)}
      @scroll=${(/** @type {any} */ e) => on.scrolled(e.currentTarget)} @keydown=${(/** @type {KeyboardEvent} */ e) => messageKeys(session, who, e)}>
      ${!w || w.state === 'opening' ? shapes() : html`<div class="col">
        ${top(session, who, w, name)}
        ${repeat(rows(session, who, chat, w), (row) => row.key, (row) => row.view())}
        <p class="typing">${session.typing.value.has(who) ? t('typing', { name }) : nothing}</p>
      </div>`}
    </div>
    ${dropHint(session, who)}${undoBar(session, who)}
    ${session.endOf.value === who || !drawn(w, session.person).length ? nothing : newest(session, who, chat?.new ?? 0)}
  </div>`
}

/** @param {Session} session @param {number} who @param {number} n how many are new */
const newest = (session, who, n) => html`<button type="button" class="newest" title=${t('log.end')} @click=${() => session.actions.newest(who)}>
  ${n ? html`<b>${t('log.new', { n })}</b>` : nothing}<span class="offscreen">${t('log.end')}</span>${icon('down')}</button>`

/** What stands for messages that are on their way: a column of its own, so that nothing is moved when they come. */
const shapes = () => html`<div class="col"><div class="shapes" aria-hidden="true">${['', ' me', ' me', '', ' me', ''].map((side) => html`<i class="shape${side}"></i>`)}</div>
  <p class="offscreen">${t('loading')}</p></div>`

/** Whether something takes the place of what is there, or is about to. @param {HistoryWindow | undefined} w */
const busy = (w) => w?.state === 'opening' || (w?.state === 'ready' && w.paging === 'loading-all') || (w?.state === 'stale' && w.refresh === 'running')

/** @param {Session} session @param {number} who @param {HistoryWindow} w @param {string} name */
function top(session, who, w, name) {
  if (w.state === 'failed' || (w.state === 'stale' && w.refresh === 'failed')) return edge(session, who, 'failed')
  const range = shown(w)
  if (range && hasOlder(range)) return edge(session, who, paging(w, 'older'))
  return html`<p class="start">${who === session.data.value.me.id ? t('log.devices') : t('log.start', { name })}</p>`
}

/** @param {HistoryWindow} w @param {'older' | 'newer'} side @returns {'' | 'loading' | 'failed'} */
const paging = (w, side) => w.state !== 'ready' ? '' : w.paging === `loading-${side}` ? 'loading' : w.paging === `failed-${side}` ? 'failed' : ''

/** Where the window ends and the chat doesn't. @param {Session} session @param {number} who @param {'' | 'loading' | 'failed'} state */
const edge = (session, who, state) => state === 'failed'
  ? html`<p class="start" role="alert">${t('log.failed')} <button type="button" class="link" @click=${() => session.pages.again(who)}>${t('retry')}</button></p>`
  : html`<p class="start">${state === 'loading' ? t('loading') : nothing}</p>`

/** @param {Session} session @param {number} who @param {Chat | undefined} chat @param {HistoryWindow} w @returns {Row[]} */
function rows(session, who, chat, w) {
  const data = session.data.value
  const me = data.me.id ?? 0
  const line = session.line.value?.who === who ? session.line.value.after : Infinity
  /** @type {Row[]} */
  const out = []
  /** @type {{user: number, date: number} | null} */
  let last = null
  let today = NaN
  let lineDrawn = false
  /** @type {string | undefined} the device that the messages above came from */
  let device
  const from = (/** @type {Pick<Message, 'cid' | 'session' | 'device'>} */ m) => {
    if (who !== me || m.session === device) return
    device = m.session
    last = null
    out.push({ key: `v-${m.cid}`, view: () => deviceLine(session, m) })
  }
  const separate = (/** @type {number} */ date) => {
    const d = dayAt(date)
    // A wait that began before the day of what stands above begins no day.
    if (d <= today) return
    today = d
    last = null
    device = undefined
    out.push({ key: `d-${d}`, view: () => html`<p class="day">${day(date, session.minute.value, locale())}</p>` })
  }
  const hidden = session.hidden.value.get(who)
  // Where the first unread stands is known once what is before it is; until then any place would be a wrong one.
  const range = shown(w)
  const begun = range !== undefined && holdsAfter(range, line)
  const newer = range !== undefined && hasNewer(range)
  const items = drawn(w, me)
  for (const m of items) {
    if (hidden?.has(m.seq)) continue
    separate(m.date)
    if (begun && !lineDrawn && m.user !== me && m.seq > line) {
      lineDrawn = true
      last = null
      out.push({ key: 'line', view: () => unreadLine(newer ? chat?.new ?? 0 : items.filter((x) => x.user !== me && x.seq > line).length) })
    }
    from(m)
    const stands = standing(last, m.user, m.date)
    last = m
    out.push({ key: keyOf(m.user, m.cid), view: () => bubble(session, chat, m, stands) })
  }
  if (newer) {
    out.push({ key: 'edge', view: () => edge(session, who, paging(w, 'newer')) })
    last = null
  }
  for (const e of onTheirWay(session, who, items)) {
    separate(e.date)
    from({ cid: e.cid, session: data.session })
    const stands = standing(last, me, e.date)
    last = { user: me, date: e.date }
    out.push({ key: keyOf(me, e.cid), view: () => pending(session, e, stands) })
  }
  return out
}

/** What isn't among the messages yet; where the window isn't at the end, beyond what is missing. @param {Session} session @param {number} who @param {readonly Message[]} items @returns {Entry[]} */
function onTheirWay(session, who, items) {
  const mine = pendingEntries(session).filter((e) => e.to === who)
  if (!mine.length) return mine
  const known = new Set(items.map((m) => m.cid))
  return mine.filter((e) => !known.has(e.cid))
}

/** @param {{user: number, date: number} | null} last @param {number} user @param {number} date @returns {import('./message.js').Standing} */
const standing = (last, user, date) => !last ? '' : last.user !== user || date - last.date > GROUP ? 'gap' : 'on'

/** A clock's quarter lies within one day, wherever one is. @type {Map<number, number>} */
const quarters = new Map()
const QUARTER = 15 * 60_000

/** @param {number} ms */
function dayAt(ms) {
  const quarter = Math.floor(ms / QUARTER)
  let d = quarters.get(quarter)
  if (d === undefined) {
    if (quarters.size > 2_000) quarters.clear()
    quarters.set(quarter, d = dayOf(ms))
  }
  return d
}

/** @param {number} n 0 where nobody knows how many there were: read already, and not all here */
const unreadLine = (n) => html`<p class="line" id="line"><span>${n ? t('unread', { n }) : t('log.line')}</span></p>`
