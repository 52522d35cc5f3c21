// A long press on a row opens its menu, and the finger that is lifted afterwards opens nothing else.

import { longPress } from '../dom/press.js'

/** @param {HTMLElement} side */
export function pressRows(side) {
  let held = false
  side.addEventListener('pointerdown', () => { held = false }, true)
  side.addEventListener('click', (e) => {
    if (!held || !(/** @type {Element} */ (e.target).closest('.row'))) return
    e.preventDefault()
    e.stopPropagation()
  }, true)
  longPress(side, (target, at) => {
    const row = target.closest('.row')
    if (!row || document.querySelector('#menu:popover-open')) return
    held = true
    row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: at.x, clientY: at.y }))
  })
}
