// What is on screen and whether somebody looks at it: that decides what counts as read. Looking means that the page is visible
// and focused, that the conversation stands at its end, and that nothing lies over it.

/** @import {Base} from './app.js' */
/** @import {Live} from './live.js' */
/** @import {Pages} from './pages.js' */
import { computed, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { holdsAfter, newest } from '../proto/messagerange.js'
import { atEnd } from '../proto/window.js'
import { covered } from './overlays.js'
import { setIn } from './signals.js'

/**
 * @param {Base} app
 * @param {{live: Live, pages: Pages}} parts
 */
export function watchReadMarks(app, { live, pages }) {
  const who = computed(() => app.phase.value === 'app' && app.route.value.name === 'chat' ? app.route.value.who : 0)
  const shown = computed(() => app.windows.value.get(who.value))
  const ready = computed(() => app.data.value !== null)
  const chat = computed(() => app.data.value?.chats.get(who.value))
  const looking = computed(() => who.value > 0 && app.attention.value && !covered(app) && app.endOf.value === who.value && atEnd(shown.value))

  let before = 0
  effect(() => {
    const now = who.value
    if (now === before) return
    const old = before
    before = now
    untracked(() => {
      if (old) {
        live.send({ type: 'close', who: old })
        pages.leave(old)
      }
      const c = app.data.peek()?.chats.get(now)
      // It begins at the first unread: one that has grown past it since it was on screen last is read again.
      const w = app.windows.peek().get(now)
      if (c?.new && w?.state === 'ready' && !holdsAfter(w.range, c.read)) setIn(app.windows, now, undefined)
      app.line.value = now && c && c.new > 0 ? { who: now, after: c.read } : null
    })
  })

  effect(() => {
    const w = shown.value
    if (!who.value || !ready.value) return
    if (!w) untracked(() => pages.open(who.value))
    else if (w.state === 'stale' && w.refresh === 'wanted') untracked(() => pages.refresh(who.value))
  })

  effect(() => {
    if (app.status.value === 'live' && who.value) live.send({ type: 'open', who: who.value, looking: looking.value })
  })

  effect(() => {
    const w = shown.value
    if (app.status.value !== 'live' || !looking.value || !chat.value?.new || !atEnd(w) || !w.range.items.length) return
    live.send({ type: 'read', who: who.value, upto: newest(w.range) })
  })

  // What comes while nobody looks gets the line, unless it stands above something older that is unread too.
  effect(() => {
    const c = chat.value
    if (!c?.new || looking.value) return
    const line = app.line.peek()
    if (line?.who !== c.who || line.after < c.read) app.line.value = { who: c.who, after: c.read }
  })

  // A page that failed is asked for again as soon as the host is back.
  effect(() => {
    if (app.status.value === 'live' && who.value) untracked(() => pages.again(who.value))
  })
}
