// What is on screen, kept in the address's fragment so that back, forward and reload do what people expect.

/** @import {Route} from '../../../types' */
/** @import {Shell} from './shell.js' */

/** @param {string} hash @returns {Route} */
export function parse(hash) {
  const [name, id] = hash.replace(/^#\/?/, '').split('/')
  if (name === 'chat' && /^[1-9]\d{0,14}$/.test(id ?? '')) return { name, who: Number(id) }
  return { name: name === 'settings' || name === 'invite' || name === 'reach' ? name : 'home', who: 0 }
}

/** @param {Route} route */
export const format = (route) => route.name === 'home' ? '#/' : route.name === 'chat' ? `#/chat/${route.who}` : `#/${route.name}`

/** @param {Shell} shell @param {import('./overlays.js').Overlays} overlays */
export function createRouter(shell, overlays) {
  const { history } = shell.env
  const router = {
    /** The address changed: by back, by forward, or by hand. */
    read() {
      const now = shell.route.peek()
      const next = parse(shell.env.hash())
      if (next.name !== now.name || next.who !== now.who) shell.route.value = next
    },
    /** @param {Route['name']} name @param {number} [who] */
    go(name, who = 0) {
      const now = shell.route.peek()
      if (now.name === name && now.who === who) return
      const next = /** @type {Route} */ ({ name, who })
      // From one chat to the next, back leads to the list, not through all of them.
      overlays.write(() => {
        if (now.name === 'home') history.pushState({ inside: true }, '', format(next))
        else history.replaceState(history.state, '', format(next))
      })
      shell.route.value = next
    },
    /** To the list. */
    back() {
      overlays.write(() => {
        if (history.state?.inside) return history.back()
        history.replaceState(null, '', format({ name: 'home', who: 0 }))
        shell.route.value = { name: 'home', who: 0 }
      })
    },
  }
  return router
}

/** @typedef {ReturnType<typeof createRouter>} Router */
