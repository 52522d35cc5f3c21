// What lies over the page, a picture, a dialog or a menu, or takes the place of a part of it, as choosing several messages does, has
// an entry of its own in the browser's history, so that the way back ends it and leads nowhere else. Ended in another way, it takes
// its entry away again. The browser needs a moment for that, and whatever is to be written into the history meanwhile waits for it.

/** @import {Base} from './app.js' */
import { computed, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** @param {Base} app */
const covers = (app) => [app.confirm, app.linkDialog, app.panel, app.keysShown, app.viewing]

/** The topmost first. @param {Base} app */
const all = (app) => [app.menuOpen, ...covers(app), app.emoji.open, app.selected, app.finding]

/** Whether nothing of the page can be seen or reached. @param {Base} app */
export const covered = (app) => covers(app).some((s) => s.value)

/** @param {import('../../vendor/signals-core/signals-core.mjs').Signal<any>} s */
const end = (s) => { if (s.peek()) s.value = s.peek() === true ? false : null }

/** Ends all of it. @param {Base} app */
export const uncover = (app) => all(app).forEach(end)

/** @param {Base} app */
export function createOverlays(app) {
  const { history } = app.env
  const open = computed(() => all(app).some((s) => s.value))
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
      const top = ours || has() ? undefined : all(app).find((s) => s.peek())
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
