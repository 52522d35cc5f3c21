// What lies over the page, a picture, a dialog or a menu, or takes the place of a part of it, as choosing several messages does, has
// an entry of its own in the browser's history, so that the way back ends it and leads nowhere else. Ended in another way, it takes
// its entry away again. The browser needs a moment for that, and whatever is to be written into the history meanwhile waits for it.

/** @import {SessionState} from './sessionstate.js' */
/** @import {Shell} from './shell.js' */
/** @import {ReadonlySignal, Signal} from '../../vendor/signals-core/signals-core.mjs' */
import { batch, computed, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** @typedef {Pick<SessionState, 'viewing' | 'selected' | 'finding'>} Own what of a session lies over the page */

/** @param {Shell} shell @param {Own | null} own @returns {Signal<any>[]} */
const covers = (shell, own) => [shell.confirm, shell.linkDialog, shell.panel, shell.keysShown, ...own ? [own.viewing] : []]

/** The topmost first. @param {Shell} shell @param {Own | null} own @returns {Signal<any>[]} */
const all = (shell, own) => [shell.menuOpen, ...covers(shell, own), shell.emoji.open, ...own ? [own.selected, own.finding] : []]

/** Whether nothing of the page can be seen or reached. @param {SessionState} session */
export const covered = (session) => covers(session, session).some((s) => s.value)

/** @param {Signal<any>} s */
const end = (s) => { if (s.peek()) s.value = s.peek() === true ? false : null }

/** Ends what lies over the page, unanswered: another place is to be seen, or, without a session, what was asked is about nothing any more.
 * @param {Shell} shell @param {Own | null} own */
export const uncover = (shell, own) => batch(() => [shell.menuOpen, ...covers(shell, own), shell.emoji.open].forEach(end))

/** @param {Shell} shell @param {ReadonlySignal<Own | null>} session */
export function createOverlays(shell, session) {
  const { history } = shell.env
  const open = computed(() => all(shell, session.value).some((s) => s.value))
  /** our entry is being taken away */
  let going = false
  /** @type {(() => void)[]} */
  let waiting = []

  const has = () => history.state?.over === true
  function leave() {
    going = true
    history.back()
  }
  function settle() {
    if (going || open.peek() === has()) return
    if (has()) leave()
    else history.pushState({ ...history.state, over: true }, '')
  }
  effect(() => {
    open.value
    untracked(settle)
  })

  return {
    /** Changes the history below what lies over the page. @param {() => void} change */
    write(change) {
      if (!going && !has()) return change()
      waiting.push(change)
      if (!going) leave()
    },
    /** The browser went to another entry. @returns {boolean} whether that was all our own doing */
    popped() {
      const ours = going
      going = false
      // The one below it, if there is one, gets an entry again.
      const top = ours || has() ? undefined : all(shell, session.peek()).find((s) => s.peek())
      if (top) end(top)
      const changes = waiting
      waiting = []
      for (const change of changes) change()
      settle()
      return ours
    },
  }
}

/** @typedef {ReturnType<typeof createOverlays>} Overlays */
