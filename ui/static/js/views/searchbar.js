// The bar above a conversation that searches in it: which match of how many, and the way to the next.

/** @import {App, Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { commands } from '../dom/command.js'
import { pressed } from '../dom/enter.js'
import { worth } from '../state/search.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

const field = () => /** @type {HTMLInputElement | null} */ (document.getElementById('infind'))

/** @param {Session} session @param {number} who */
export function openSearch(session, who) {
  const there = field()
  if (there) there.select()
  else session.chatSearch.open(who)
}

/** After each drawing: a bar that is new gets the cursor. @param {App} app */
export function focusSearch(app) {
  const bar = app.session.peek()?.finding.peek()
  const there = field()
  if (!bar?.fresh || !there) return
  bar.fresh = false
  there.focus()
}

/** @param {Session} session */
function close(session) {
  session.chatSearch.close()
  document.getElementById('box')?.focus({ preventScroll: true })
}

/** @param {Session} session @param {number} who */
export function searchBar(session, who) {
  const bar = session.finding.value
  if (bar?.who !== who) return nothing
  const { hits, going } = session.chatFinder.found.value
  const last = bar.at >= hits.length - 1 && (going === 'done' || going === 'running' || !hits.length)
  const step = (/** @type {1 | -1} */ by) => { session.chatSearch.go(by) }
  return html`<form class="searchbar" role="search" aria-label=${t('find.here')} @submit=${(/** @type {Event} */ e) => e.preventDefault()}
    @keydown=${(/** @type {KeyboardEvent} */ e) => {
      if (pressed(e, 'Escape')) close(session)
      else if (/** @type {Element} */ (e.target).id !== 'infind') return
      else if (pressed(e, 'Enter')) step(e.shiftKey ? -1 : 1)
      else if (pressed(e, 'ArrowUp')) step(1)
      else if (pressed(e, 'ArrowDown')) step(-1)
      else return
      e.preventDefault()
    }}>
    <input type="search" id="infind" maxlength="200" autocomplete="off" enterkeyhint="search" placeholder=${t('find.here')} aria-label=${t('find.here')} .value=${live(bar.query)}
      @input=${(/** @type {any} */ e) => session.chatSearch.type(e.target.value)}>
    <output class="count" for="infind" aria-live="polite">${words(bar, hits.length, going)}</output>
    <button type="button" class="ic" aria-label=${t('find.older')} title=${t('find.older')} ?disabled=${last} @click=${() => step(1)}>${icon('up')}</button>
    <button type="button" class="ic" aria-label=${t('find.newer')} title=${t('find.newer')} ?disabled=${bar.at <= 0} @click=${() => step(-1)}>${icon('next')}</button>
    <button type="button" class="ic" aria-label=${t('find.close')} title=${t('find.close')} @click=${() => close(session)}>${icon('close')}</button>
  </form>`
}

/** @param {import('../../../types').Bar} bar @param {number} n @param {import('../state/search.js').Going} going */
function words({ query, at }, n, going) {
  if (!worth(query)) return ''
  if (going === 'failed' && !n) return t('search.failed')
  if (!n) return going === 'running' ? t('search.started') : t('find.none')
  return t(going === 'done' ? 'find.at' : 'find.atLeast', { i: at + 1, n })
}

/** Ctrl+F, or ⌘F on a Mac, searches in the chat on screen; once more in its field, and everywhere else, it is the browser's own. @param {App} app */
export function searchKeys(app) {
  addEventListener('keydown', (e) => {
    if (!commands(e) || e.shiftKey || e.altKey || document.querySelector('dialog[open]')) return
    const key = e.key.toLowerCase()
    const route = app.route.peek()
    const session = app.session.peek()
    if (key === 'f' && session && route.name === 'chat' && (document.activeElement !== field() || !field())) {
      e.preventDefault()
      openSearch(session, route.who)
    } else if (key === 'k' && app.phase.peek() === 'app') {
      const find = /** @type {HTMLInputElement | null} */ (document.getElementById('find'))
      if (!find) return
      e.preventDefault()
      if (find.getClientRects().length) return find.select()
      app.router.back()
      setTimeout(() => find.focus(), 60)
    }
  })
}
