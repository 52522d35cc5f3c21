// One person at one instance, in this browser: the link to the host, what waits to go out, and the session of the history that the host
// has. Made from what the host just answered, and ended when it takes this browser for somebody else, or is another host.

/** @import {Ack, Event, Frame, Host, LinkStatus, Message, Outgoing, Uploading, User, Welcome} from '../../../types' */
/** @import {Router} from './router.js' */
/** @import {Session} from './session.js' */
/** @import {Shell} from './shell.js' */
/** @import {ReadonlySignal, Signal} from '../../vendor/signals-core/signals-core.mjs' */
import { batch, signal } from '../../vendor/signals-core/signals-core.mjs'
import { createApi } from '../proto/api.js'
import { newCid } from '../proto/cid.js'
import { createCustody } from '../proto/custody.js'
import { createGot } from '../proto/got.js'
import { createLink } from '../proto/link.js'
import { createOutbox } from '../proto/outbox.js'
import { createLifetime } from './lifetime.js'
import { createSession } from './session.js'
import { warnUnkept } from './toast.js'
import { createUploading } from './uploading.js'

/** A restart of the host shouldn't flash a banner. */
const BLINK = 1_200

/**
 * @param {Shell} shell
 * @param {{instance: string, person: number}} who as the host just said
 * @param {{router: Router, onEnd: (why: string) => void}} o why it ended: a code, empty when somebody wanted it so
 */
export function createAccount(shell, { instance, person }, { router, onEnd }) {
  // The host doesn't take what was meant for another person than the cookie's.
  const life = createLifetime(shell.env.clock, (path, init) => shell.env.fetch(path, { ...init, headers: { ...init?.headers, 'Duologue-Person': String(person) } }))
  const env = { ...shell.env, clock: life.clock, fetch: life.fetch }
  const api = createApi(env.fetch, { alive: life.alive })
  /** of the history that the host has; null until it has said how that stands */
  const session = signal(/** @type {Session | null} */ (null))
  const skew = signal(0)
  const outgoing = signal(/** @type {readonly Outgoing[]} */ ([]))
  /** @type {any} */
  let blink = null
  /** what was there before this socket: up to here nothing is news */
  let head = 0

  const custody = createCustody({
    stores: { messages: env.store(instance, person), uploads: env.store(instance, person, '-files') },
    tab: env.tab, tabs: env.tabs(instance, person), clock: shell.env.clock,
    onUnkept: () => warnUnkept(shell),
    onKept: (cid) => session.peek()?.draft.kept(cid),
  })
  const outbox = createOutbox({
    custody, clock: env.clock, now: () => env.clock.now() + skew.peek(), newCid,
    send: (f) => link.send(f),
    call: (f) => api.send(f.to, f).then(onFrame, (e) => onFrame({ type: 'error', cid: f.cid, code: e.code, message: '' })),
    onChange: show,
    onOverdue: () => link.probe(),
  })
  const { going, previews, uploads, end: endUploading } = createUploading({ env, custody, outgoing, effect: life.effect, give: outbox.give })
  const link = createLink({
    open: env.socket,
    clock: env.clock,
    random: env.random,
    cursor: () => session.peek()?.data.peek() ?? { epoch: '', ev: 0 },
    resync,
    allowed: () => api.host().then(isHere, () => true),
    mine: ({ me }) => isMe(me),
    onStatus,
    onWelcome,
    onEvent: (e) => batch(() => onEvent(e)),
    onFrame,
  })
  const got = createGot(env.clock, (ev) => link.send({ type: 'got', ev }))

  function show() {
    if (!life.ended()) outgoing.value = outbox.entries()
  }

  /** All tabs of a browser share a cookie: another may have signed out, and somebody else in. @param {User} user */
  function isMe(user) {
    if (user.id === person) return true
    leave('other')
    return false
  }

  async function resync() {
    const snapshot = await api.sync().catch((e) => {
      if (e.code === 'unauthorized') leave('ended')
      throw e
    })
    if (!isMe(snapshot.me)) return
    const old = session.peek()
    // Another store may stand at the address by now, whose people have the same ids.
    if (old?.epoch !== snapshot.epoch && !isHere(await api.host())) return
    if (life.ended()) return
    batch(() => {
      skew.value = snapshot.now - env.clock.now()
      if (old?.epoch === snapshot.epoch) {
        outbox.reached(snapshot.ev)
        show()
        old.refresh(snapshot)
        return
      }
      // Another epoch: its events are counted anew and nothing of the old one will come any more. The session ends, the account lives on.
      if (old) outbox.reached(Infinity)
      show()
      old?.end()
      session.value = createSession(shell, { account, router }, snapshot)
    })
  }

  /** Whether the host is the same instance, and still takes this browser for me. @param {Host} host */
  function isHere(host) {
    shell.host.value = host
    if (host.instance !== instance || !host.me) leave('ended')
    else if (host.me.id !== person) leave('other')
    return !life.ended()
  }

  /** @param {LinkStatus} status */
  function onStatus(status) {
    shell.status.value = status
    if (status === 'live') {
      env.clock.clear(blink)
      blink = null
      shell.cutOff.value = false
    } else {
      outbox.down()
      blink ??= env.clock.set(() => { shell.cutOff.value = true }, BLINK)
    }
    if (status === 'ended') leave('ended')
  }

  /** @param {Welcome} w */
  function onWelcome(w) {
    const s = session.peek()
    head = w.head
    skew.value = w.now - env.clock.now()
    shell.stale.value = env.build !== '' && w.ui !== '' && w.ui !== env.build
    got.reach(s?.data.peek().ev ?? 0, true)
    outbox.up()
    custody.reconcile()
    s?.welcome(w)
  }

  /** @param {Event} e */
  function onEvent(e) {
    session.peek()?.follow(e, head)
    const mine = e.message?.user === person
    if (e.kind === 'message' && e.message && mine) came(e.who ?? 0, e.message)
    outbox.reached(e.ev)
    show()
    got.reach(e.ev, e.kind === 'message' && !mine)
  }

  /** A message of mine is in its chat, by whichever tab or device: it need not be sent or uploaded any more. @param {number} who @param {Message} m */
  function came(who, m) {
    const waited = [outbox.came(m), uploads.came(m)].some(Boolean)
    const draft = session.peek()?.draft
    // Another tab may have taken it over from here.
    if (waited || draft?.unacked().some((sent) => sent.cid === m.cid)) draft?.acked(who, m)
    show()
  }

  /** @param {Frame} f */
  function onFrame(f) {
    if (life.ended()) return
    batch(() => {
      if (f.type === 'ack') acked(/** @type {any} */ (f))
      else if (f.type === 'error') outbox.error(/** @type {any} */ (f))
      else session.peek()?.hear(f)
    })
  }

  /** @param {Ack} a */
  function acked(a) {
    const entry = outbox.ack(a)
    outbox.reached(session.peek()?.data.peek().ev ?? 0)
    show()
    if (entry) session.peek()?.draft.acked(entry.to, entry)
  }

  /** No socket for now, and none that comes back by itself. */
  function hush() {
    link.stop()
    outbox.down()
    shell.status.value = 'idle'
  }

  /** What waits stays on disk for the next sign-in. */
  function end() {
    if (life.ended()) return
    hush()
    session.peek()?.end()
    custody.end()
    endUploading()
    life.end()
  }

  /** Ends, and leads to the door. @param {string} [why] */
  function leave(why = '') {
    if (life.ended()) return
    end()
    onEnd(why)
  }

  /** @type {Account} */
  const account = {
    env, instance, person, session, skew, outgoing, going, uploads, previews, came, hush, end, leave,
    outbox: /** @type {Pick<import('../proto/outbox.js').Outbox, 'add' | 'give' | 'retry' | 'withdraw' | 'restore'>} */ (outbox),
    /** Is the host still there? */
    probe: link.probe,
    /** @param {Frame} frame */
    send: (frame) => link.send(frame),
    /** Whether what is written now is likely to be kept. */
    sound: () => custody.sound(),
    /** How many messages wait in this browser, whichever tab wrote them. */
    unsent: () => custody.count(),
    /** Nothing that waits stays in this browser. */
    async discard() {
      uploads.discard()
      await custody.clear()
    },
    resume: () => link.start(),
    start() {
      custody.start()
      link.start()
    },
  }
  return account
}

/**
 * @typedef {object} Account
 * @property {import('./env.js').Env} env
 * @property {string} instance
 * @property {number} person
 * @property {ReadonlySignal<Session | null>} session of the history that the host has; null until it has said how that stands
 * @property {Signal<number>} skew the host's clock minus this one's, ms
 * @property {Signal<readonly Outgoing[]>} outgoing
 * @property {Signal<readonly Uploading[]>} going messages whose files aren't whole
 * @property {Pick<import('../proto/outbox.js').Outbox, 'add' | 'give' | 'retry' | 'withdraw' | 'restore'>} outbox
 * @property {import('../proto/uploads.js').Uploads} uploads
 * @property {import('./previews.js').Previews} previews
 * @property {(who: number, m: Message) => void} came
 * @property {(frame: Frame) => boolean} send
 * @property {() => void} probe
 * @property {() => boolean} sound
 * @property {() => Promise<number>} unsent
 * @property {() => Promise<void>} discard
 * @property {() => void} hush
 * @property {() => void} resume
 * @property {() => void} start
 * @property {() => void} end what waits stays on disk for the next sign-in
 * @property {(why?: string) => void} leave ends, and leads to the door
 */
