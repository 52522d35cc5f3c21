// All that the page knows and does: the shell, the door, and the session of whoever is in. Views read signals and call actions.

/** @import {Env} from './env.js' */
/** @import {Session} from './session.js' */
import { batch, signal } from '../../vendor/signals-core/signals-core.mjs'
import { createAccount } from './account.js'
import { createDoor } from './door.js'
import { createOverlays } from './overlays.js'
import { pollFound } from './polling.js'
import { createRouter } from './router.js'
import { NO_DOOR, createShell } from './shell.js'

/** @param {Env} env */
export function createApp(env) {
  const shell = createShell(env)
  /** of whoever is in; null at a door, and until the host has said how its history stands */
  const session = signal(/** @type {Session | null} */ (null))
  /** @type {ReturnType<typeof createAccount> | null} */
  let account = null
  const overlays = createOverlays(shell, session)
  const router = createRouter(shell, overlays)
  const door = createDoor(shell, router, enter)
  pollFound(shell)

  /** @param {{instance: string, person: number}} who */
  function enter(who) {
    if (account?.instance === who.instance && account.person === who.person) return
    account?.end()
    session.value = null
    account = createAccount(shell, who, { session, router, onEnd })
    account.start()
  }

  /** At the door again. @param {string} why */
  function onEnd(why) {
    account = null
    batch(() => {
      session.value = null
      shell.cutOff.value = false
      shell.doorState.value = { ...NO_DOOR, error: why }
      shell.phase.value = 'signin'
    })
  }

  return {
    ...shell, session, overlays, router, door,
    /** Is the host still there? */
    probe: () => account?.probe(),
  }
}

/** @typedef {ReturnType<typeof createApp>} App */
