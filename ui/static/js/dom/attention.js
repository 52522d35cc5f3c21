// Whether somebody can be looking, and when a socket isn't to be trusted any more.

/** @import {Signal} from '../../vendor/signals-core/signals-core.mjs' */

/** @param {Signal<boolean>} attention visible and focused */
export function watchAttention(attention) {
  const look = () => { attention.value = document.visibilityState === 'visible' && document.hasFocus() }
  for (const name of ['focus', 'blur', 'pageshow']) addEventListener(name, look)
  document.addEventListener('visibilitychange', look)
  look()
}

/** Whether this device has any network at all: browsers are sure only when they say no. @param {Signal<boolean>} network */
export function watchNetwork(network) {
  const look = () => { network.value = navigator.onLine }
  for (const name of ['online', 'offline']) addEventListener(name, look)
  look()
}

const STEP = 5_000

/**
 * Calls back after the computer slept, when the network returns, and when the page is looked at again.
 * @param {() => void} woke
 */
export function watchWaking(woke) {
  addEventListener('online', woke)
  addEventListener('pageshow', (e) => { if (e.persisted) woke() })
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') woke() })
  let last = Date.now()
  setInterval(() => {
    const now = Date.now()
    if (now - last > STEP * 3 && document.visibilityState === 'visible') woke()
    last = now
  }, STEP)
}
