// Getting in: which of the doors stands open, from what the host says and what the address carries. Secrets travel in the
// fragment, are posted, and leave the address bar before anything else happens; only the code of an invitation, which is good for
// many, stays until one is in, for the page may be loaded anew or handed on to another browser.

/** @import {Door, Host, User} from '../../../types' */
/** @import {Base} from './app.js' */
/** @import {Live} from './live.js' */
/** @import {Router} from './router.js' */
import { batch } from '../../vendor/signals-core/signals-core.mjs'
import { format, parse } from './router.js'

const AGAIN = 2_000

/** @type {Door} */
export const NO_DOOR = { token: '', code: '', busy: false, error: '', suggestion: '' }

/** A name to try when this one is taken. @param {string} name */
export function another(name) {
  const [, stem = '', n = ''] = /^(.+) (\d{1,3})$/.exec(name) ?? []
  return n ? `${stem} ${Number(n) + 1}` : `${[...name].slice(0, 36).join('')} 2`
}

/** A secret may also say where it leads to. @param {string} hash @returns {{token?: string, join?: string, link?: string, to?: string}} */
export function secrets(hash) {
  const found = new URLSearchParams(hash.replace(/^#/, ''))
  return Object.fromEntries(['token', 'join', 'link', 'to'].flatMap((k) => found.get(k) ? [[k, found.get(k)]] : []))
}

/**
 * @param {Base} app
 * @param {Live} live
 * @param {Router} router
 */
export function createDoor(app, live, router) {
  const { api, env } = app
  const set = (/** @type {Partial<Door>} */ to) => { app.doorState.value = { ...app.doorState.peek(), ...to } }

  /** @param {string} [to] where the address leads now */
  const clean = (to) => env.history.replaceState(null, '', format(parse(`#/${to ?? ''}`)))

  /** @param {User} me */
  function enter(me) {
    const { join, to } = secrets(env.hash())
    if (join) clean(to)
    batch(() => {
      app.doorState.value = NO_DOOR
      app.phase.value = 'app'
      router.read()
    })
    live.start(me.id)
  }

  /**
   * Runs one of the doors. What went wrong is shown in words; what was typed stays.
   * @param {() => Promise<User>} door
   */
  async function through(door) {
    if (app.doorState.peek().busy) return
    set({ busy: true, error: '' })
    try {
      enter(await door())
    } catch (e) {
      set({ busy: false, error: /** @type {any} */ (e).reason ?? /** @type {any} */ (e).code ?? 'internal' })
      if (/** @type {any} */ (e).code === 'gone') await boot()
    }
  }

  async function boot() {
    const { token, join, link, to } = secrets(env.hash())
    const inside = app.phase.peek() === 'app'
    if (token || link || (join && inside)) clean(to)
    if (inside) return router.read()
    /** @type {Host} */
    let host
    try {
      host = await api.host()
    } catch {
      return later('lost')
    }
    app.host.value = host
    app.doorState.value = { ...NO_DOOR, token: token ?? app.doorState.peek().token, code: join ?? app.doorState.peek().code }
    if (host.me) return enter(host.me)
    if (host.state === 'setup' && !app.doorState.peek().token) later('setup')
    else if (host.state === 'setup') app.phase.value = 'setup'
    else if (token) await byLink({ token })
    else if (link) await byLink({ link })
    else app.phase.value = app.doorState.peek().code || env.hash() === '#/join' ? 'join' : 'signin'
  }

  /** Nothing can be done here but to look again. @param {'lost' | 'setup'} phase */
  function later(phase) {
    app.phase.value = phase
    env.clock.set(() => { if (app.phase.peek() === phase && !app.doorState.peek().token) boot() }, AGAIN)
  }

  /** @param {{token: string} | {link: string}} by */
  async function byLink(by) {
    await through(() => api.signin(by))
    if (app.phase.peek() !== 'app') {
      set({ error: app.doorState.peek().error === 'unauthorized' ? 'link' : app.doorState.peek().error })
      app.phase.value = 'signin'
    }
  }

  return {
    boot,
    setup: (/** @type {string} */ name) => through(() => api.setup(app.doorState.peek().token, name)),
    join: (/** @type {string} */ code, /** @type {string} */ name) => {
      set({ code, suggestion: another(name) })
      return through(() => api.join(code, name))
    },
    signin: (/** @type {string} */ name, /** @type {string} */ password) => through(() => api.signin({ name, password })),
    /** @param {'join' | 'signin'} phase */
    show(phase) {
      set({ error: '' })
      app.phase.value = phase
    },
  }
}

/** @typedef {ReturnType<typeof createDoor>} DoorActions */
