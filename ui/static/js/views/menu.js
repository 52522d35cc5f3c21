// One menu for the whole page, placed by hand, moved through by keys. It closes itself: the browser's own way would close it again
// when the finger of the long press that opened it is lifted.

/** @import {Shell} from '../../../types' */
import { batch, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js'
import { lower, raise } from '../dom/toplayer.js'
import { icon } from './icons.js'

/** @typedef {{icon: import('./icons.js').Icon, text: string, run: () => void, danger?: boolean, note?: string}} Item note: what the other side notices of it */

const GAP = 6
/** What means that somebody turned to something else. */
const AWAY = ['pointerdown', 'wheel', 'popstate']

/** Closes the one that is open. */
let close = () => {}

/**
 * @param {Shell} shell
 * @param {{x: number, y: number} | Element} at
 * @param {string} label
 * @param {Item[]} items
 */
export function openMenu(shell, at, label, items) {
  const menu = /** @type {HTMLElement} */ (document.getElementById('menu'))
  close()
  const back = document.activeElement
  // Together: what follows takes the menu's place in the browser's history.
  const choose = (/** @type {Item} */ item) => batch(() => {
    close()
    item.run()
  })
  menu.setAttribute('aria-label', label)
  render(items.map((item) => html`<button type="button" role="menuitem" tabindex="-1" class=${item.danger ? 'item danger' : 'item'}
    @click=${() => choose(item)}>${icon(item.icon)}<span>${item.text}${item.note ? html`<small>${item.note}</small>` : nothing}</span></button>`), menu)
  const outside = (/** @type {Event} */ e) => { if (!(e.target instanceof Node && menu.contains(e.target))) close() }
  // A phone's keyboard goes as the menu takes the focus, and the window grows.
  const again = () => place(menu, at)
  close = () => {
    close = () => {}
    unwatch()
    shell.menuOpen.value = false
    for (const name of AWAY) removeEventListener(name, outside, true)
    removeEventListener('resize', again)
    if (back instanceof HTMLElement && menu.contains(document.activeElement)) back.focus({ preventScroll: true })
    lower(menu)
    render(nothing, menu)
  }
  menu.onkeydown = (e) => move(menu, e)
  raise(menu)
  for (const name of AWAY) addEventListener(name, outside, true)
  addEventListener('resize', again)
  place(menu, at)
  menu.querySelector('button')?.focus()
  shell.menuOpen.value = true
  const unwatch = effect(() => { if (!shell.menuOpen.value) untracked(close) })
}

/** @param {HTMLElement} menu @param {KeyboardEvent} e */
function move(menu, e) {
  const items = [...menu.querySelectorAll('button')]
  const at = items.indexOf(/** @type {any} */ (document.activeElement))
  const to = e.key === 'ArrowDown' ? at + 1 : e.key === 'ArrowUp' ? at - 1 : e.key === 'Home' ? 0 : e.key === 'End' ? -1 : null
  if (e.key === 'Tab' || e.key === 'Escape') {
    e.preventDefault()
    return close()
  }
  if (to === null) return
  e.preventDefault()
  items.at(to % items.length)?.focus()
}

/** Beside its cause, and always whole on screen. @param {HTMLElement} menu @param {{x: number, y: number} | Element} at */
function place(menu, at) {
  const from = at instanceof Element ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y }
  const { offsetWidth: w, offsetHeight: h } = menu
  const left = from.left + w + GAP > innerWidth ? from.right - w : from.left
  const top = from.bottom + h + GAP > innerHeight ? from.top - h - GAP : from.bottom + GAP
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - w - GAP))}px`
  menu.style.top = `${Math.max(GAP, Math.min(top, innerHeight - h - GAP))}px`
}

/** Where somebody asked for a menu; by a key that is what has the focus. @param {MouseEvent} e @returns {{x: number, y: number} | Element} */
export const spot = (e) => e.clientX || e.clientY ? { x: e.clientX, y: e.clientY } : /** @type {Element} */ (e.currentTarget)
