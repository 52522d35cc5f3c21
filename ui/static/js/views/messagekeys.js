// Moving through the messages by keys: up and down from one to the next, Enter for what can be done with it, Space to choose it
// with others, and a letter each for what is done most.

/** @import {Session, Message} from '../../../types' */
import { commands } from '../dom/command.js'
import { composing, pressed } from '../dom/enter.js'
import { drawn } from '../proto/window.js'
import { copyText, edit, mayEdit, mayReply, remove, replyTo } from './messageactions.js'
import { endSelection } from './selectionbar.js'
import { undo } from './undobar.js'

/** @param {Session} session @param {number} who @param {KeyboardEvent} e */
export function messageKeys(session, who, e) {
  const log = /** @type {HTMLElement} */ (e.currentTarget)
  const here = /** @type {HTMLElement | null} */ (document.activeElement?.closest('.m') ?? null)
  if (composing(e) || (e.target !== log && e.target !== here)) return
  if (commands(e) && e.key === 'z' && session.removing.peek()?.who === who) {
    e.preventDefault()
    return undo(session)
  }
  if (pressed(e, 'Escape')) {
    if (session.selected.peek()) return endSelection(session)
    return document.getElementById('box')?.focus()
  }
  const m = here && drawn(session.windows.peek().get(who), session.person).find((x) => String(x.seq) === here.dataset.seq)
  if (here && act(session, who, here, m ?? undefined, e)) return e.preventDefault()
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

/** @param {Session} session @param {number} who @param {HTMLElement} here @param {Message | undefined} m undefined: not at the host yet @param {KeyboardEvent} e */
function act(session, who, here, m, e) {
  if (e.altKey || e.shiftKey) return false
  if (e.ctrlKey || e.metaKey) {
    if (!commands(e) || e.key !== 'c' || !m?.content || getSelection()?.toString()) return false
    copyText(session, m)
    return true
  }
  if (e.key === 'Enter') {
    const box = here.getBoundingClientRect()
    here.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left, clientY: box.bottom }))
  } else if (e.key === ' ' && m) session.selection.toggle(who, m)
  else if (!m || session.selected.peek()) return false
  else if (e.key === 'r' && mayReply(session, who, m)) replyTo(session, who, m)
  else if (e.key === 'e' && mayEdit(session, who, m)) edit(session, who, m)
  else if (e.key === 'Delete' || e.key === 'Backspace') remove(session, who, m)
  else return false
  return true
}
