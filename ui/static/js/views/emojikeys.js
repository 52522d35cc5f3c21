// Keys in the emoji card: arrows through the signs as they stand on screen and through the kinds, Escape out of it.

/** @import {Shell} from '../../../types' */
import { pressed } from '../dom/enter.js'
import { showEmoji } from './emojiopen.js'

/** @param {Shell} shell @param {KeyboardEvent} e */
export function emojiKeys(shell, e) {
  const card = /** @type {HTMLElement} */ (e.currentTarget)
  const here = /** @type {HTMLElement} */ (e.target)
  if (pressed(e, 'Escape')) {
    e.preventDefault()
    e.stopPropagation()
    return showEmoji(shell, false, false)
  }
  const signs = /** @type {HTMLElement[]} */ ([...card.querySelectorAll('[role="option"]')])
  if (here.matches('.look')) {
    if (pressed(e, 'ArrowDown') && signs.length) go(e, signs, 0)
  } else if (here.matches('[role="tab"]')) kinds(card, here, e)
  else if (here.matches('[role="option"]')) {
    const at = signs.indexOf(here)
    const columns = Math.max(1, signs.filter((s) => s.offsetTop === signs[0].offsetTop).length)
    const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns, Home: 0, End: signs.length - 1 })
    const to = steps[e.key]
    if (to === undefined) return
    if (e.key === 'ArrowUp' && to < 0) {
      e.preventDefault()
      return /** @type {HTMLElement | null} */ (card.querySelector('.look'))?.focus()
    }
    go(e, signs, Math.min(Math.max(to, 0), signs.length - 1))
  }
}

/** One of them can be reached by Tab: the one that had the focus last. @param {KeyboardEvent} e @param {HTMLElement[]} all @param {number} to */
function go(e, all, to) {
  e.preventDefault()
  for (const one of all) one.tabIndex = -1
  all[to].tabIndex = 0
  all[to].focus()
}

/** @param {HTMLElement} card @param {HTMLElement} here @param {KeyboardEvent} e */
function kinds(card, here, e) {
  const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0
  if (!step) return
  const tabs = /** @type {HTMLElement[]} */ ([...card.querySelectorAll('[role="tab"]')])
  const to = tabs[(tabs.indexOf(here) + step + tabs.length) % tabs.length]
  e.preventDefault()
  to.focus()
  to.click()
}
