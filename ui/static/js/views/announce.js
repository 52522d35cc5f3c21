// Outside the conversation: the count in the title, on the tab's icon and on the app's, new messages said once to a screen reader, and
// in a line what was refused elsewhere.

/** @import {App, Entry, State} from '../../../types' */
import { effect, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { favicon } from '../dom/favicon.js'
import { redraw } from '../dom/mount.js'
import { errorWords } from '../words/errors.js'
import { outside } from '../state/chatflags.js'
import { showToast } from '../state/toast.js'
import { t } from '../words/index.js'
import { summary } from '../words/summary.js'
import { nameOf } from './people.js'

/** @param {App} app */
export function titleCount(app) {
  const icon = favicon()
  redraw(() => {
    const { n, dot } = outside(app.session.value?.data.value.chats.values() ?? [])
    const title = app.host.value?.title || 'Duologue'
    document.title = n ? `(${n}) ${title}` : dot ? `• ${title}` : title
    icon(n, dot)
    // Only installed, and only over a secure connection.
    const badge = n ? navigator.setAppBadge?.(n) : dot ? navigator.setAppBadge?.() : navigator.clearAppBadge?.()
    badge?.catch(() => {})
  })
}

/** @param {App} app @param {HTMLElement} place */
export function announcer(app, place) {
  /** @type {State | null} */
  let before = null
  redraw(() => {
    const session = app.session.value
    const now = session?.data.value ?? null
    if (session && now && before && before.epoch === now.epoch && before.chats !== now.chats) {
      for (const c of now.chats.values()) {
        const old = before.chats.get(c.who)
        if (c === old || c.muted || !c.last || c.last.user === now.me.id || c.last.seq <= (old?.last?.seq ?? 0)) continue
        place.textContent = `${nameOf(session, c.who)}: ${summary(c.last)}`
      }
    }
    before = now
  })
}

/** A message that is refused says so where it stands; where that isn't on screen, a line does. @param {App} app */
export function refusals(app) {
  /** @type {readonly Entry[]} */
  let before = []
  effect(() => {
    const session = app.session.value
    const now = session?.outbox.value ?? []
    const here = app.route.peek().name === 'chat' ? app.route.peek().who : 0
    for (const e of now) {
      // What failed on another day is no news.
      if (e.state !== 'failed' || e.to === here || !before.some((old) => old.cid === e.cid && old.state !== 'failed')) continue
      untracked(() => session && showToast(session, t('failed.to', { name: nameOf(session, e.to), what: errorWords(e.code ?? '') })))
    }
    before = now
  })
}
