// Keys in the composer that concern the conversation: Escape gives an answer up, the arrow upwards in an empty field changes what
// I wrote last.

/** @import {App, Session} from '../../../types' */
import { pressed } from '../dom/enter.js'
import { atEnd } from '../proto/window.js'
import { edit, mayEdit } from './messageactions.js'
import { endSelection } from './selectionbar.js'

/** @param {App} app @param {HTMLElement} place */
export function composerKeys(app, place) {
  place.addEventListener('keydown', (e) => {
    const box = e.target
    const session = app.session.peek()
    if (!session) return
    if (session.selected.peek() && pressed(e, 'Escape') && !e.defaultPrevented) return endSelection(session)
    if (!(box instanceof HTMLTextAreaElement) || box.id !== 'box' || e.defaultPrevented) return
    const who = app.route.peek().who
    if (session.editing.peek().has(who)) return
    if (pressed(e, 'Escape') && session.replies.peek().has(who)) {
      e.preventDefault()
      session.actions.reply(who, null)
    } else if (pressed(e, 'ArrowUp') && !box.value && !e.shiftKey && editLast(session, who)) e.preventDefault()
  })
}

/** @param {Session} session @param {number} who @returns {boolean} whether there is something that can be changed */
function editLast(session, who) {
  const w = session.windows.peek().get(who)
  const me = session.data.peek()?.me.id
  const hidden = session.hidden.peek().get(who)
  const last = !atEnd(w) ? undefined : w.range.items.findLast((m) => m.user === me && !m.recalled && !hidden?.has(m.seq))
  if (!last || !mayEdit(session, who, last)) return false
  edit(session, who, last)
  return true
}
