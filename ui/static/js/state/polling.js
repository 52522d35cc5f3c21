// What changes around the host: the invitation's addresses, who got in, which other hosts are there. Nobody tells the page, so it
// asks again and again, but only while the answer is on screen.

/** @import {Base} from './app.js' */
import { computed, effect, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** ms between two questions */
const AGAIN = 2_000

/**
 * @template T
 * @param {{value: T, peek: () => T}} signal
 * @param {T} now
 */
function keep(signal, now) {
  if (JSON.stringify(signal.peek()) !== JSON.stringify(now)) signal.value = now
}

/** @param {Base} app */
export function createPolling(app) {
  const { api, env } = app
  const owner = () => app.data.value?.me.owner ?? false

  /** @type {Record<string, () => Promise<void>>} */
  const questions = {
    invite: async () => keep(app.invited, await api.invite()),
    reach: async () => keep(app.reach, await api.reach()),
    found: async () => keep(app.found, (await api.found()).hosts),
  }

  /** What is on screen and needs asking. */
  const wanted = computed(() => {
    if (app.phase.value === 'setup') return app.doorState.value.token ? 'found' : ''
    if (app.phase.value !== 'app' || !app.data.value) return ''
    const { name } = app.route.value
    if (name === 'invite') return owner() ? 'invite reach' : 'invite'
    return name === 'reach' && owner() ? 'reach' : ''
  })

  let round = 0
  effect(() => {
    const names = wanted.value.split(' ').filter(Boolean)
    const mine = ++round
    untracked(() => names.forEach((name) => ask(name, mine)))
  })

  /** @param {string} name @param {number} mine */
  async function ask(name, mine) {
    if (mine !== round) return
    // Without an answer what is on screen stays; the banner says that the host is away.
    await questions[name]?.().catch(() => {})
    if (mine === round) env.clock.set(() => ask(name, mine), AGAIN)
  }
}
