// One socket at a time to the host, kept alive: hello from the cursor, events without holes, reset, backoff, and a socket that is never
// trusted after the computer slept.

/** @import {Clock, SocketLike, LinkStatus, Frame, Event, Welcome} from '../../../types' */
import { backoff } from './backoff.js'

/** ms */
const ANSWER = 10_000
const RESYNC = 30_000
const PROBE = 3_000
const QUIET = 20_000
const BARRED = 5_000

/**
 * @typedef {object} LinkOptions
 * @property {() => SocketLike} open
 * @property {Clock} clock
 * @property {() => number} random
 * @property {() => {epoch: string, ev: number}} cursor how far I am; an empty epoch means nothing is known
 * @property {() => Promise<void>} resync takes a snapshot, after which the cursor stands at it
 * @property {() => Promise<boolean>} allowed false when the host says that the session is over; true also when nobody answers
 * @property {(welcome: Welcome) => boolean} mine whether the host still takes me for whom this is; whoever says no has stopped the link
 * @property {(status: LinkStatus) => void} onStatus
 * @property {(welcome: Welcome) => void} onWelcome
 * @property {(event: Event) => void} onEvent
 * @property {(frame: Frame) => void} onFrame every other frame
 */

/** @param {LinkOptions} o */
export function createLink(o) {
  /** @type {SocketLike | null} */
  let socket = null
  /** @type {LinkStatus} */
  let status = 'idle'
  let tries = 0
  let began = 0
  let heard = 0
  let pings = 0
  let pending = 0
  /** @type {any} the one deadline or pause that runs */
  let timer = null
  /** @type {any} */
  let pulse = null

  /** @param {LinkStatus} to */
  function become(to) {
    if (status === to) return
    status = to
    o.onStatus(to)
  }

  /** @param {() => void} fn @param {number} ms */
  function after(fn, ms) {
    o.clock.clear(timer)
    timer = o.clock.set(fn, ms)
  }

  function connect() {
    began = o.clock.now()
    become('connecting')
    /** @type {SocketLike} */
    let s
    try {
      s = o.open()
    } catch {
      return again(0)
    }
    socket = s
    after(() => replace(s), ANSWER)
    s.onopen = () => hello(s)
    s.onmessage = (e) => take(s, e.data)
    s.onclose = (e) => closed(s, e.code)
    s.onerror = null
  }

  /** @param {SocketLike} s */
  function hello(s) {
    if (s !== socket) return
    const { epoch, ev } = o.cursor()
    after(() => replace(s), ANSWER)
    s.send(JSON.stringify({ type: 'hello', epoch, since: epoch ? ev : 0 }))
  }

  /** @param {SocketLike} s @param {any} data */
  function take(s, data) {
    if (s !== socket) return
    heard = o.clock.now()
    /** @type {Frame} */
    const frame = JSON.parse(data)
    switch (frame.type) {
      case 'welcome': return welcomed(/** @type {any} */ (frame))
      case 'reset': return reset(s)
      case 'event': return event(s, /** @type {any} */ (frame))
      case 'pong':
        if (frame.n === pending) {
          pending = 0
          o.clock.clear(timer)
        }
        return
      default: o.onFrame(frame)
    }
  }

  /** @param {Welcome} frame */
  function welcomed(frame) {
    if (!o.mine(frame)) return
    o.clock.clear(timer)
    tries = 0
    pending = 0
    become('live')
    beat()
    o.onWelcome(frame)
  }

  /** @param {SocketLike} s */
  function reset(s) {
    after(() => replace(s), RESYNC)
    o.resync().then(() => hello(s), () => replace(s))
  }

  /** @param {SocketLike} s @param {Event} frame */
  function event(s, frame) {
    const { ev } = o.cursor()
    if (frame.ev > ev + 1) return replace(s)
    if (frame.ev === ev + 1) o.onEvent(frame)
  }

  /** Gives a socket up without waiting for it to notice. @param {SocketLike} s */
  function replace(s) {
    if (s !== socket) return
    drop()
    again(0)
  }

  function drop() {
    const s = socket
    socket = null
    o.clock.clear(timer)
    o.clock.clear(pulse)
    pending = 0
    if (!s) return
    s.onopen = s.onmessage = s.onclose = s.onerror = null
    s.close()
  }

  /** @param {SocketLike} s @param {number} code */
  function closed(s, code) {
    if (s !== socket) return
    const met = status === 'live'
    drop()
    if (code === 4401) return become('ended')
    again(code)
    if (!met) o.allowed().then((yes) => { if (!yes) end() })
  }

  /** @param {number} code why the last socket closed */
  function again(code) {
    const pause = code === 1012 && tries === 0 ? o.random() * 300 : backoff(tries, o.random)
    tries++
    become('waiting')
    after(connect, code === 4429 || code === 1008 ? Math.max(pause, BARRED) : pause)
  }

  function end() {
    drop()
    become('ended')
  }

  /** Asks for a sign of life when nothing was heard for a while. */
  function beat() {
    o.clock.clear(pulse)
    pulse = o.clock.set(() => {
      if (o.clock.now() - heard >= QUIET) probe()
      beat()
    }, QUIET)
  }

  /** A socket that doesn't answer in time is replaced; an attempt or a pause that lasts is cut short. */
  function probe() {
    if (status === 'waiting') {
      tries = 0
      o.clock.clear(timer)
      connect()
    } else if (status === 'connecting' && o.clock.now() - began > PROBE) {
      drop()
      connect()
    } else if (status === 'live' && socket && !pending) {
      const s = socket
      pending = ++pings
      after(() => { if (s === socket) { drop(); connect() } }, PROBE)
      s.send(JSON.stringify({ type: 'ping', n: pending }))
    }
  }

  return {
    start() {
      if (status === 'idle') connect()
    },
    stop() {
      drop()
      status = 'idle'
    },
    /** After waking, on coming online, on becoming visible, and when an answer is overdue. */
    probe,
    /** @param {Frame} frame @returns {boolean} whether it left */
    send(frame) {
      if (status !== 'live' || !socket) return false
      socket.send(JSON.stringify(frame))
      return true
    },
  }
}

/** @typedef {ReturnType<typeof createLink>} Link */
