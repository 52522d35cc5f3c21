// Moving through the messages by keys: up and down from one to the next, Enter for what can be done with it.

import { pressed } from '../dom/enter.js'

/** @param {KeyboardEvent} e */
export function messageKeys(e) {
  const log = /** @type {HTMLElement} */ (e.currentTarget)
  const here = /** @type {HTMLElement | null} */ (document.activeElement?.closest('.m') ?? null)
  const all = /** @type {HTMLElement[]} */ ([...log.querySelectorAll('.m')])
  if (here && e.target === here && (pressed(e, 'Enter') || pressed(e, ' '))) {
    e.preventDefault()
    const box = here.getBoundingClientRect()
    here.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left, clientY: box.bottom }))
    return
  }
  if (pressed(e, 'Escape') && here) return document.getElementById('box')?.focus()
  const step = e.key === 'ArrowUp' ? -1 : e.key === 'ArrowDown' ? 1 : 0
  if (!step || (e.target !== log && e.target !== here)) return
  e.preventDefault()
  const at = here ? all.indexOf(here) + step : all.length - 1
  if (at >= all.length) document.getElementById('box')?.focus()
  else all[Math.max(at, 0)]?.focus()
}
