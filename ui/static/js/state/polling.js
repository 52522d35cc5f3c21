// What changes around the host: the invitation's addresses, who got in, which other hosts are there. Nobody tells the page, so it
// asks again and again, but only while the answer is on screen.

/** @import {Clock} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
/** @import {Shell} from './shell.js' */
import { computed, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** ms between two questions */
const AGAIN = 2_000

/**
 * @param {() => string[]} wanted reads signals: the questions whose answer is on screen
 * @param {Record<string, () => Promise<void>>} questions
 * @param {{clock: Clock, effect: (run: () => void) => void}} o
 */
function poll(wanted, questions, { clock, effect }) {
  const names = computed(() => wanted().join(' '))
  let round = 0
  effect(() => {
    const now = names.value.split(' ').filter(Boolean)
    const mine = ++round
    untracked(() => now.forEach((name) => ask(name, mine)))
  })

  /** @param {string} name @param {number} mine */
  async function ask(name, mine) {
    if (mine !== round) return
    // Without an answer what is on screen stays; the banner says that the host is away.
    await questions[name]?.().catch(() => {})
    if (mine === round) clock.set(() => ask(name, mine), AGAIN)
  }
}

/**
 * @template T
 * @param {{value: T, peek: () => T}} signal
 * @param {T} now
 */
function keep(signal, now) {
  if (JSON.stringify(signal.peek()) !== JSON.stringify(now)) signal.value = now
}

/** Who gets in, and by which ways. @param {SessionState} session */
export function pollReach(session) {
  const { api, data, route } = session
  const owner = () => data.value.me.owner
  poll(() => {
    if (route.value.name === 'invite') return owner() ? ['invite', 'reach'] : ['invite']
    return route.value.name === 'reach' && owner() ? ['reach'] : []
  }, {
    invite: async () => keep(session.invited, await api.invite()),
    reach: async () => keep(session.reach, await api.reach()),
  }, { clock: session.env.clock, effect: session.effect })
}

/** Other hosts on the network, while this one has no owner. @param {Shell} shell */
export function pollFound(shell) {
  poll(() => shell.phase.value === 'setup' && shell.doorState.value.token ? ['found'] : [], {
    found: async () => keep(shell.found, (await shell.api.found()).hosts),
  }, { clock: shell.env.clock, effect })
}
