// Opening and closing the emoji, by the button, a key, or a press elsewhere.

/** @import {Shell} from '../../../types' */
import { commands } from '../dom/command.js'
import { pressed } from '../dom/enter.js'
import { touch } from '../dom/touch.js'

/** Opens and closes it, with the focus where it is wanted. On glass the keyboard would cover what was opened; it comes back only while
 * a finger's press is being dealt with. @param {Shell} shell @param {boolean} to @param {boolean} glass */
export function showEmoji(shell, to, glass) {
  shell.emoji.show(to)
  if (!to) document.getElementById('box')?.focus({ preventScroll: true })
  else if (glass) /** @type {HTMLElement | null} */ (document.activeElement)?.blur()
  else requestAnimationFrame(() => setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector('.picker .look'))?.focus({ preventScroll: true })))
}

/** The key that opens it while somebody writes, and a press elsewhere that closes it. @param {Shell} shell */
export function watchEmoji(shell) {
  addEventListener('keydown', (e) => {
    if (!pressed(e, 'e') || e.altKey || e.shiftKey || !commands(e) || !(e.target instanceof Element) || !e.target.closest('.writing')) return
    e.preventDefault()
    showEmoji(shell, !shell.emoji.open.peek(), touch())
  })
  addEventListener('pointerdown', (e) => {
    if (shell.emoji.open.peek() && e.target instanceof Element && !e.target.closest('.picker, #emoji, .send')) shell.emoji.show(false)
  })
}
