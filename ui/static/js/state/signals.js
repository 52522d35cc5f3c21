// Small helpers around signals that hold maps.

/** @import {Signal} from '../../vendor/signals-core/signals-core.mjs' */

/**
 * @template K, V
 * @param {Signal<ReadonlyMap<K, V>>} signal
 * @param {K} key
 * @param {V | undefined} value undefined removes it
 */
export function setIn(signal, key, value) {
  const old = signal.peek()
  if (old.get(key) === value && old.has(key) === (value !== undefined)) return
  const next = new Map(old)
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  signal.value = next
}
