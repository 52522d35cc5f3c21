// Moving through the messages by keys: up and down from one to the next, Enter for what can be done with it, Space to choose it
// with others, and a letter each for what is done most.

/** @import {App, Message} from '../../../types' */
import { commands } from '../dom/command.js'
import { composing, pressed } from '../dom/enter.js'
import { drawn } from '../proto/window.js'
import { copyText, edit, mayEdit, mayReply, remove, replyTo } from './messageactions.js'
import { endSelection } from './selectionbar.js'
import { undo } from './undobar.js'

/** @param {App} app @param {number} who @param {KeyboardEvent} e */
export function messageKeys(app, who, e) {
  const log = /** @type {HTMLElement} */ (e.currentTarget)
  const here = /** @type {HTMLElement | null} */ (document.activeElement?.closest('.m') ?? null)
  if (composing(e) || (e.target !== log && e.target !== here)) return
  if (commands(e) && e.key === 'z' && app.removing.peek()?.who === who) {
    e.preventDefault()
    return undo(app)
  }
  if (pressed(e, 'Escape')) {
    if (app.selected.peek()) return endSelection(app)
    return document.getElementById('box')?.focus()
  }
  const m = here && drawn(app.windows.peek().get(who)).find((x) => String(x.seq) === here.dataset.seq)
  if (here && act(app, who, here, m ?? undefined, e)) return e.preventDefault()
  const step = e.key === 'ArrowUp' ? -1 : e.key === 'ArrowDown' ? 1 : 0
  if (!step) return
  e.preventDefault()
  const all = /** @type {HTMLElement[]} */ ([...log.querySelectorAll('.m')])
  const at = here ? all.indexOf(here) + step : lastInView(all, log)
  if (at >= all.length) document.getElementById('box')?.focus()
  else all[Math.max(at, 0)]?.focus()
}

/** @param {HTMLElement[]} all @param {HTMLElement} log */
function lastInView(all, log) {
  const end = log.getBoundingClientRect().bottom
  return all.findLastIndex((m) => m.getBoundingClientRect().top < end)
}

/** @param {App} app @param {number} who @param {HTMLElement} here @param {Message | undefined} m undefined: not at the host yet @param {KeyboardEvent} e */
function act(app, who, here, m, e) {
  if (e.altKey || e.shiftKey) return false
  if (e.ctrlKey || e.metaKey) {
    if (!commands(e) || e.key !== 'c' || !m?.content || getSelection()?.toString()) return false
    copyText(app, m)
    return true
  }
  if (e.key === 'Enter') {
    const box = here.getBoundingClientRect()
    here.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left, clientY: box.bottom }))
  } else if (e.key === ' ' && m) app.selection.toggle(who, m)
  else if (!m || app.selected.peek()) return false
  else if (e.key === 'r' && mayReply(app, who, m)) replyTo(app, who, m)
  else if (e.key === 'e' && mayEdit(app, who, m)) edit(app, who, m)
  else if (e.key === 'Delete' || e.key === 'Backspace') remove(app, who, m)
  else return false
  return true
}
