// The signed-in session: the link feeds the reducer, the threads and the outbox, and these feed the signals.

/** @import {Event, Frame, Message, Welcome, State, User, LinkStatus} from '../../../types' */
/** @import {Base} from './app.js' */
/** @import {Drafts} from './drafts.js' */
import { batch, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { newCid } from '../proto/cid.js'
import { createCustody } from '../proto/custody.js'
import { createGot } from '../proto/got.js'
import { createLink } from '../proto/link.js'
import { createOutbox } from '../proto/outbox.js'
import { fromSnapshot, presence, reduce } from '../proto/reducer.js'
import { follow, missed, named } from '../proto/window.js'
import { NO_DOOR } from './door.js'
import { hostNow } from './hostclock.js'
import { uncover } from './overlays.js'
import { warnUnkept } from './toast.js'
import { setIn } from './signals.js'
import { showTyping } from './typing.js'

/** A restart of the host shouldn't flash a banner. */
const BLINK = 1_200

/**
 * @param {Base} app
 * @param {Drafts} drafts
 * @param {{notifications: import('./notifications.js').Notifications, finders: import('./search.js').Finder[]}} ears
 */
export function createLive(app, drafts, { notifications, finders }) {
  const { env, api, data } = app
  /** @type {any} */
  let blink = null
  /** @type {import('../proto/custody.js').Custody | null} */
  let custody = null
  /** @type {import('../proto/outbox.js').Outbox | null} */
  let outbox = null
  /** @type {((custody: import('../proto/custody.js').Custody | null) => void)[]} */
  const keepers = []
  /** what was there before this socket: up to here nothing is news */
  let head = 0
  /** @type {((m: Message) => void)[]} */
  const mine = []

  const link = createLink({
    open: env.socket,
    clock: env.clock,
    random: env.random,
    cursor: () => data.peek() ?? { epoch: '', ev: 0 },
    resync,
    allowed,
    mine: ({ me }) => isMe(me),
    onStatus,
    onWelcome,
    onEvent: (e) => batch(() => onEvent(e)),
    onFrame: (f) => batch(() => onFrame(f)),
  })
  const got = createGot(env.clock, (ev) => link.send({ type: 'got', ev }))

  /** All tabs of a browser share a cookie: another may have signed out, and somebody else in. @param {User} user */
  function isMe(user) {
    if (user.id === app.person.peek()) return true
    leave('other')
    return false
  }

  async function resync() {
    const box = outbox
    const snapshot = await api.sync().catch((e) => {
      if (e.code === 'unauthorized' && outbox === box) leave('ended')
      throw e
    })
    if (outbox !== box || !isMe(snapshot.me)) return
    batch(() => {
      data.value = fromSnapshot(snapshot)
      app.windows.value = missed(app.windows.peek(), app.route.peek().who)
      app.skew.value = snapshot.now - env.clock.now()
      outbox?.reached(snapshot.ev)
      app.outbox.value = outbox?.entries() ?? []
      drafts.recall()
    })
  }

  async function allowed() {
    try {
      return (await api.host()).me !== null
    } catch {
      return true
    }
  }

  /** @param {LinkStatus} status */
  function onStatus(status) {
    app.status.value = status
    if (status === 'live') {
      env.clock.clear(blink)
      blink = null
      app.cutOff.value = false
    } else {
      outbox?.down()
      blink ??= env.clock.set(() => { app.cutOff.value = true }, BLINK)
    }
    if (status === 'ended') leave('ended')
  }

  /** @param {Welcome} w */
  function onWelcome(w) {
    head = w.head
    app.skew.value = w.now - env.clock.now()
    const state = data.peek()
    if (state) data.value = presence(state, w.people)
    app.stale.value = env.build !== '' && w.ui !== '' && w.ui !== env.build
    got.reach(state?.ev ?? 0, true)
    outbox?.up()
    custody?.reconcile()
    drafts.flush()
  }

  /** @param {Event} e */
  function onEvent(e) {
    const state = /** @type {State} */ (data.peek())
    data.value = reduce(state, e)
    const who = e.who ?? 0
    const thread = app.windows.peek().get(who)
    if (thread) setIn(app.windows, who, e.kind === 'chat-deleted' ? undefined : follow(thread, e))
    if (e.kind === 'chat' && e.chat) drafts.heard(e.chat.who, state.chats.get(e.chat.who)?.draft ?? '', e.chat.draft)
    const theirs = e.kind === 'message' && e.message?.user !== state.me.id
    if (e.kind === 'message' && e.message) {
      if (theirs) setIn(app.typing, who, undefined)
      else {
        if (outbox?.came(e.message)) drafts.acked(who, e.message)
        for (const hear of mine) hear(e.message)
      }
    }
    outbox?.reached(e.ev)
    got.reach(e.ev, theirs)
    app.outbox.value = outbox?.entries() ?? []
    for (const finder of finders) finder.follow(e)
    if (theirs && e.message) notifications.came(who, e.message, e.ev <= head)
    if (e.ev === head) notifications.caughtUp()
  }

  /** @param {Frame} f */
  function onFrame(f) {
    const state = data.peek()
    if (f.type === 'presence' && state) data.value = presence(state, [/** @type {any} */ (f)])
    else if (f.type === 'typing') showTyping(app, f.who)
    else if (f.type === 'ack') acked(/** @type {any} */ (f))
    else if (f.type === 'error') outbox?.error(/** @type {any} */ (f))
  }

  /** @param {import('../../../types').Ack} a */
  function acked(a) {
    const entry = outbox?.ack(a)
    outbox?.reached(data.peek()?.ev ?? 0)
    app.outbox.value = outbox?.entries() ?? []
    if (entry) drafts.acked(entry.to, entry)
  }

  // Sent by another tab while this one slept, with files that both uploaded: the message is there, so nothing failed.
  effect(() => {
    for (const e of app.outbox.value) {
      const m = e.code === 'conflict' ? named(app.windows.value.get(e.to), e.cid, app.person.value) : undefined
      if (!m) continue
      untracked(() => {
        outbox?.came(m)
        app.outbox.value = outbox?.entries() ?? []
      })
    }
  })

  /** No socket for now, and none that comes back by itself. */
  function hush() {
    link.stop()
    outbox?.down()
    app.status.value = 'idle'
  }

  /** What waits is nobody's here any more. */
  function end() {
    custody?.end()
    custody = outbox = null
    for (const keep of keepers) keep(null)
  }

  /** The session is over: what waits stays on disk for the next sign-in. @param {string} [why] */
  function leave(why = '') {
    hush()
    drafts.end()
    end()
    env.clock.clear(blink)
    blink = null
    batch(() => {
      app.person.value = 0
      data.value = null
      app.windows.value = new Map()
      app.outbox.value = []
      app.drafts.value = new Map()
      app.typing.value = new Map()
      app.replies.value = new Map()
      app.editing.value = new Map()
      app.hidden.value = new Map()
      app.retaken.value = new Map()
      uncover(app)
      app.removing.value = app.line.value = null
      app.devices.value = app.invited.value = app.reach.value = null
      app.cutOff.value = false
      app.filter.value = ''
      app.doorState.value = { ...NO_DOOR, error: why }
      app.phase.value = 'signin'
    })
  }

  return {
    link,
    probe: link.probe,
    /** Calls back with each message of mine that comes, from whichever tab or device. @param {(m: Message) => void} hear */
    onMine(hear) {
      mine.push(hear)
    },
    /** @param {Frame} frame */
    send: (frame) => link.send(frame),
    /** Calls back with the custody of whoever signs in, and with null when the session is over. @param {(custody: import('../proto/custody.js').Custody | null) => void} keep */
    onCustody(keep) {
      keepers.push(keep)
    },
    outbox: () => outbox,
    /** Whether what is written now is likely to be kept. */
    sound: () => custody?.sound() ?? false,
    /** How many messages wait in this browser, whichever tab wrote them. */
    unsent: async () => await custody?.count() ?? 0,
    /** Nothing that waits stays in this browser. */
    discard: async () => custody?.clear(),
    /** @param {number} me */
    start(me) {
      app.person.value = me
      const instance = app.host.peek()?.instance ?? ''
      const kept = createCustody({
        stores: { messages: env.store(instance, me), uploads: env.store(instance, me, '-files') },
        tab: env.tab, tabs: env.tabs(instance, me), clock: env.clock,
        onUnkept: () => warnUnkept(app),
      })
      const box = createOutbox({
        custody: kept, clock: env.clock, now: () => hostNow(app), newCid,
        send: (f) => link.send(f),
        call: (f) => api.send(f.to, f).then(heard, (e) => heard({ type: 'error', cid: f.cid, code: e.code, message: '' })),
        onChange: () => { if (outbox === box) app.outbox.value = box.entries() },
        onOverdue: () => link.probe(),
      })
      const heard = (/** @type {Frame} */ f) => { if (outbox === box) batch(() => onFrame(f)) }
      outbox = box
      custody = kept
      for (const keep of keepers) keep(kept)
      kept.start()
      link.start()
    },
    leave,
    hush,
    resume: () => link.start(),
  }
}

/** @typedef {ReturnType<typeof createLive>} Live */
