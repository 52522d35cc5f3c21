// Keys in the composer that concern the conversation: Escape gives an answer up, the arrow upwards in an empty field changes what
// I wrote last.

/** @import {App} from '../../../types' */
import { pressed } from '../dom/enter.js'
import { atEnd } from '../proto/window.js'
import { edit, mayEdit } from './messageactions.js'
import { endSelection } from './selectionbar.js'

/** @param {App} app @param {HTMLElement} place */
export function composerKeys(app, place) {
  place.addEventListener('keydown', (e) => {
    const box = e.target
    if (app.selected.peek() && pressed(e, 'Escape') && !e.defaultPrevented) return endSelection(app)
    if (!(box instanceof HTMLTextAreaElement) || box.id !== 'box' || e.defaultPrevented) return
    const who = app.route.peek().who
    if (app.editing.peek().has(who)) return
    if (pressed(e, 'Escape') && app.replies.peek().has(who)) {
      e.preventDefault()
      app.actions.reply(who, null)
    } else if (pressed(e, 'ArrowUp') && !box.value && !e.shiftKey && editLast(app, who)) e.preventDefault()
  })
}

/** @param {App} app @param {number} who @returns {boolean} whether there is something that can be changed */
function editLast(app, who) {
  const w = app.windows.peek().get(who)
  const me = app.data.peek()?.me.id
  const hidden = app.hidden.peek().get(who)
  const last = !atEnd(w) ? undefined : w.range.items.findLast((m) => m.user === me && !m.recalled && !hidden?.has(m.seq))
  if (!last || !mayEdit(app, who, last)) return false
  edit(app, who, last)
  return true
}
