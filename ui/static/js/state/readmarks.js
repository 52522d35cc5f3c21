// What is on screen and whether somebody looks at it: that decides what counts as read. Looking means that the page is visible
// and focused, that the conversation stands at its end and has the room to draw it, and that nothing lies over it.

/** @import {SessionState} from './sessionstate.js' */
/** @import {Account} from './account.js' */
/** @import {Pages} from './pages.js' */
import { computed, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { holdsAfter, newest } from '../proto/messagerange.js'
import { atEnd } from '../proto/window.js'
import { covered } from './overlays.js'
import { setIn } from './signals.js'

/**
 * @param {SessionState} session
 * @param {{account: Pick<Account, 'send'>, pages: Pages}} parts
 */
export function watchReadMarks(session, { account, pages }) {
  const who = computed(() => session.route.value.name === 'chat' ? session.route.value.who : 0)
  const shown = computed(() => session.windows.value.get(who.value))
  const chat = computed(() => session.data.value.chats.get(who.value))
  const looking = computed(() => who.value > 0 && session.attention.value && !covered(session) && session.endOf.value === who.value && session.newestDrawn.value && atEnd(shown.value))

  let before = 0
  session.effect(() => {
    const now = who.value
    if (now === before) return
    const old = before
    before = now
    untracked(() => {
      if (old) {
        account.send({ type: 'close', who: old })
        pages.leave(old)
      }
      const c = session.data.peek().chats.get(now)
      // It begins at the first unread: one that has grown past it since it was on screen last is read again.
      const w = session.windows.peek().get(now)
      if (c?.new && w?.state === 'ready' && !holdsAfter(w.range, c.read)) setIn(session.windows, now, undefined)
      session.line.value = now && c && c.new > 0 ? { who: now, after: c.read } : null
    })
  })

  session.effect(() => {
    const w = shown.value
    if (!who.value) return
    if (!w) untracked(() => pages.open(who.value))
    else if (w.state === 'stale' && w.refresh === 'wanted') untracked(() => pages.refresh(who.value))
  })

  session.effect(() => {
    if (session.status.value === 'live' && who.value) account.send({ type: 'open', who: who.value, looking: looking.value })
  })

  session.effect(() => {
    const w = shown.value
    if (session.status.value !== 'live' || !looking.value || !chat.value?.new || !atEnd(w) || !w.range.items.length) return
    account.send({ type: 'read', who: who.value, upto: newest(w.range) })
  })

  // What comes while nobody looks gets the line, unless it stands above something older that is unread too.
  session.effect(() => {
    const c = chat.value
    if (!c?.new || looking.value) return
    const line = session.line.peek()
    if (line?.who !== c.who || line.after < c.read) session.line.value = { who: c.who, after: c.read }
  })

  // A page that failed is asked for again as soon as the host is back.
  session.effect(() => {
    if (session.status.value === 'live' && who.value) untracked(() => pages.again(who.value))
  })
}
