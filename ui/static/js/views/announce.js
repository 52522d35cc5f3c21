// Outside the conversation: the title's count, and new messages said once to a screen reader.

/** @import {App, State} from '../../../types' */
import { redraw } from '../dom/mount.js'
import { t } from '../words/index.js'
import { line } from './text.js'
import { nameOf } from './people.js'

/** @param {App} app */
export function titleCount(app) {
  redraw(() => {
    let n = 0
    for (const c of app.data.value?.chats.values() ?? []) if (!c.muted) n += c.new
    const title = app.host.value?.title || 'Duologue'
    document.title = n ? `(${n}) ${title}` : title
  })
}

/** @param {App} app @param {HTMLElement} place */
export function announcer(app, place) {
  /** @type {State | null} */
  let before = null
  redraw(() => {
    const now = app.data.value
    if (now && before && before.epoch === now.epoch && before.chats !== now.chats) {
      for (const c of now.chats.values()) {
        const old = before.chats.get(c.who)
        if (c === old || !c.last || c.last.user === now.me.id || c.last.seq <= (old?.last?.seq ?? 0)) continue
        place.textContent = `${nameOf(app, c.who)}: ${c.last.recalled ? t('recalled') : line(c.last.content)}`
      }
    }
    before = now
  })
}
