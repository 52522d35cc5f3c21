// What belongs to the page and its browser, whoever is signed in: where it is, how it looks, what lies over it, and how it stands with the
// host at its address. Nothing of anybody's history.

/** @import {Confirm, Door, FoundHost, Host, LinkDialog, LinkStatus, Panel, Phase, Route} from '../../../types' */
/** @import {Env} from './env.js' */
import { signal } from '../../vendor/signals-core/signals-core.mjs'
import { createApi } from '../proto/api.js'
import { createEmoji } from './emoji.js'
import { createPrefs } from './prefs.js'

export const NO_DOOR = /** @type {Door} */ ({ token: '', link: '', code: '', busy: false, error: '', suggestion: '' })

/** @param {Env} env */
export function createShell(env) {
  return {
    env,
    clock: env.clock,
    /** calls of nobody in particular */
    api: createApi(env.fetch),
    prefs: createPrefs(env.local),
    emoji: createEmoji(env.local, env.emoji),

    phase: signal(/** @type {Phase} */ ('loading')),
    /** what the host said of itself last */
    host: signal(/** @type {Host | null} */ (null)),
    doorState: signal(NO_DOOR),
    /** other hosts on the network, while there is no owner */
    found: signal(/** @type {readonly FoundHost[]} */ ([])),

    status: signal(/** @type {LinkStatus} */ ('idle')),
    /** without the host for longer than a blink */
    cutOff: signal(false),
    /** this device has a network, as far as its browser can tell */
    network: signal(true),
    /** the host serves a newer page than this one */
    stale: signal(false),

    route: signal(/** @type {Route} */ ({ name: 'home', who: 0 })),
    /** visible and focused */
    attention: signal(true),
    side: signal(/** @type {'chats' | 'people'} */ ('chats')),
    confirm: signal(/** @type {Confirm | null} */ (null)),
    /** something to look at, in a dialog */
    panel: signal(/** @type {Panel | null} */ (null)),
    linkDialog: signal(/** @type {LinkDialog | null} */ (null)),
    /** the sheet of shortcuts */
    keysShown: signal(false),
    menuOpen: signal(false),
    toast: signal(''),
    /** it was said that this browser keeps nothing */
    unkept: signal(false),
    /** moves on once a minute, for words like yesterday */
    minute: signal(env.clock.now()),
  }
}

/** @typedef {ReturnType<typeof createShell>} Shell */
