// What lies over the page, a picture, a dialog or the emoji, has an entry of its own in the browser's history, so that the way back
// closes it and leads nowhere else. Closed in another way, it takes its entry away again. The browser needs a moment for that, and
// whatever is to be written into the history meanwhile waits for it.

/** @import {Base} from './app.js' */
import { computed, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** Whether nothing of the page can be seen or reached. @param {Base} app */
export const covered = (app) => [app.viewing, app.confirm, app.notice, app.panel, app.keysShown].some((s) => s.value)

/** @param {Base} app */
export function createOver(app) {
  const { history } = app.env
  const open = computed(() => covered(app) || app.emoji.open.value)
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
      if (!ours && open.peek() && !has()) {
        app.viewing.value = app.confirm.value = app.notice.value = app.panel.value = null
        app.keysShown.value = app.emoji.open.value = false
      }
      const changes = waiting
      waiting = []
      for (const change of changes) change()
      settle()
      return ours
    },
  }
}

/** @typedef {ReturnType<typeof createOver>} Over */
