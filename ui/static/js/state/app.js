// All that the page knows and does: the shell, the door, and the session of whoever is in. Views read signals and call actions.

/** @import {Env} from './env.js' */
/** @import {Account} from './account.js' */
import { batch, computed, signal } from '../../vendor/signals-core/signals-core.mjs'
import { createAccount } from './account.js'
import { createDoor } from './door.js'
import { createOverlays } from './overlays.js'
import { pollFound } from './polling.js'
import { createRouter } from './router.js'
import { NO_DOOR, createShell } from './shell.js'

/** @param {Env} env */
export function createApp(env) {
  const shell = createShell(env)
  /** of whoever is in; null at a door */
  const account = signal(/** @type {Account | null} */ (null))
  /** null also until the host has said how its history stands */
  const session = computed(() => account.value?.session.value ?? null)
  const overlays = createOverlays(shell, session)
  const router = createRouter(shell, overlays)
  const door = createDoor(shell, router, enter)
  pollFound(shell)

  /** @param {{instance: string, person: number}} who */
  function enter(who) {
    const old = account.peek()
    if (old?.instance === who.instance && old.person === who.person) return
    old?.end()
    account.value = createAccount(shell, who, { router, onEnd })
    account.peek()?.start()
  }

  /** At the door again. @param {string} why */
  function onEnd(why) {
    batch(() => {
      account.value = null
      shell.cutOff.value = false
      shell.doorState.value = { ...NO_DOOR, error: why }
      shell.phase.value = 'signin'
    })
  }

  return {
    ...shell, session, overlays, router, door,
    /** Is the host still there? */
    probe: () => account.peek()?.probe(),
  }
}

/** @typedef {ReturnType<typeof createApp>} App */
