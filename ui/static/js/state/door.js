// Getting in: which of the doors stands open, from what the host says and what the address carries. Secrets travel in the
// fragment, are posted, and leave the address bar before anything else happens; only the code of an invitation, which is good for
// many, stays until one is in, for the page may be loaded anew or handed on to another browser.
//
// Whichever way leads in, the host says first who it is and whom it takes this browser for: another one may stand at the address by now.

/** @import {Door, Host} from '../../../types' */
/** @import {Router} from './router.js' */
/** @import {Shell} from './shell.js' */
import { batch } from '../../vendor/signals-core/signals-core.mjs'
import { cut } from '../text/graphemes.js'
import { format, parse } from './router.js'
import { NO_DOOR } from './shell.js'

const AGAIN = 2_000
/** What is good for once, after it was. */
const USED = { token: '', link: '' }

/** A name to try when this one is taken. @param {string} name */
export function another(name) {
  const [, stem = '', n = ''] = /^(.+) (\d{1,3})$/.exec(name) ?? []
  return n ? `${stem} ${Number(n) + 1}` : `${cut(name, [...name].slice(0, 36).join('').length)} 2`
}

/** A secret may also say where it leads to. @param {string} hash @returns {{token?: string, join?: string, link?: string, to?: string}} */
export function secrets(hash) {
  const found = new URLSearchParams(hash.replace(/^#/, ''))
  return Object.fromEntries(['token', 'join', 'link', 'to'].flatMap((k) => found.get(k) ? [[k, found.get(k)]] : []))
}

/**
 * @param {Shell} shell
 * @param {Router} router
 * @param {(who: {instance: string, person: number}) => void} enter somebody is in; nothing happens if they are already
 */
export function createDoor(shell, router, enter) {
  const { api, env } = shell
  const set = (/** @type {Partial<Door>} */ to) => { shell.doorState.value = { ...shell.doorState.peek(), ...to } }
  const inside = () => shell.phase.peek() === 'app'
  /** the question at the host that runs; whoever asks meanwhile waits for its answer @type {Promise<void> | null} */
  let asking = null
  /** @type {any} the next question, where nothing can be done but to ask again */
  let timer = null

  /** @param {string} [to] where the address leads now */
  const clean = (to) => env.history.replaceState(null, '', format(parse(`#/${to ?? ''}`)))

  /** Goes in, if the host says that somebody is. @param {Host} host what it just answered */
  function arrive(host) {
    shell.host.value = host
    if (!host.me) return false
    const { join, to } = secrets(env.hash())
    if (join) clean(to)
    const { id } = host.me
    batch(() => {
      enter({ instance: host.instance, person: id })
      shell.doorState.value = NO_DOOR
      shell.phase.value = 'app'
      router.read()
    })
    return true
  }

  /**
   * Runs one of the doors. What went wrong is shown in words; what was typed stays.
   * @param {() => Promise<unknown>} post
   */
  async function through(post) {
    if (shell.doorState.peek().busy) return
    set({ busy: true, error: '' })
    try {
      await post()
    } catch (e) {
      set({ busy: false, error: /** @type {any} */ (e).reason ?? /** @type {any} */ (e).code ?? 'internal' })
      if (/** @type {any} */ (e).code === 'gone') {
        set(USED)
        await boot()
      }
      return
    }
    set(USED)
    const host = await api.host().catch(() => null)
    set({ busy: false })
    if (!host) later('lost')
    else if (!arrive(host)) set({ error: 'unauthorized' })
  }

  /** Whom the host takes this browser for, and which door is open. */
  async function boot() {
    env.clock.clear(timer)
    const { token, join, link, to } = secrets(env.hash())
    if (token || link || (join && inside())) clean(to)
    if (inside()) return router.read()
    // The address has lost them already, and the host may not answer.
    const kept = shell.doorState.peek()
    set({ token: token ?? kept.token, link: link ?? kept.link, code: join ?? kept.code })
    asking ??= ask().finally(() => { asking = null })
    await asking
  }

  async function ask() {
    const host = await api.host().catch(() => null)
    // A form that was sent meanwhile led in.
    if (inside()) return
    if (!host) return later('lost')
    const { token, link, code } = shell.doorState.peek()
    shell.doorState.value = { ...NO_DOOR, token, link, code }
    if (arrive(host)) return
    if (host.state === 'setup' && !token) later('setup')
    else if (host.state === 'setup') shell.phase.value = 'setup'
    else if (token) await byLink({ token })
    else if (link) await byLink({ link })
    else shell.phase.value = code || env.hash() === '#/join' ? 'join' : 'signin'
  }

  /** Nothing can be done here but to ask again. @param {'lost' | 'setup'} phase */
  function later(phase) {
    if (inside()) return
    shell.phase.value = phase
    env.clock.clear(timer)
    timer = env.clock.set(() => { if (shell.phase.peek() === phase) boot() }, AGAIN)
  }

  /** @param {{token: string} | {link: string}} by */
  async function byLink(by) {
    await through(() => api.signin(by))
    const { error } = shell.doorState.peek()
    if (!error) return
    if (error === 'offline') return later('lost')
    set({ ...USED, error: error === 'unauthorized' ? 'link' : error })
    shell.phase.value = 'signin'
  }

  return {
    boot,
    setup: (/** @type {string} */ name) => through(() => api.setup(shell.doorState.peek().token, name)),
    join: (/** @type {string} */ code, /** @type {string} */ name) => {
      set({ code, suggestion: another(name) })
      return through(() => api.join(code, name))
    },
    signin: (/** @type {string} */ name, /** @type {string} */ password) => through(() => api.signin({ name, password })),
    /** Another host on the network is kept as the one that was chosen. @param {string} other its instance */
    choose: (other) => api.chooseFound(other).catch(() => {}),
    /** @param {'join' | 'signin'} phase */
    show(phase) {
      set({ error: '' })
      shell.phase.value = phase
    },
  }
}

/** @typedef {ReturnType<typeof createDoor>} DoorActions */
