// Pictures of mine as this device has them, shown from when they are chosen until the host gives them back. Such an address holds the
// bytes of a picture in memory, so it is given up as soon as nothing draws it.

/** @import {Part, Uploading} from '../../../types' */
import { kindOf } from '../text/filename.js'

/** @param {{env: Pick<import('./env.js').Env, 'peek' | 'unpeek'>, outgoing: import('../../vendor/signals-core/signals-core.mjs').ReadonlySignal<readonly import('../../../types').Outgoing[]>, effect: (run: () => void) => void}} o */
export function createPreviews({ env, outgoing, effect }) {
  /** By the bytes, and by the host's name of them once they are let go. @type {Map<Blob | string, string>} */
  const urls = new Map()
  /** Of messages that wait for their event. @type {Map<string, readonly Part[]>} */
  const handed = new Map()
  const keyOf = (/** @type {Part} */ p) => p.blob ?? p.id

  /** @param {readonly Part[]} [parts] */
  function forget(parts = []) {
    for (const p of parts) {
      const url = urls.get(keyOf(p))
      urls.delete(keyOf(p))
      if (url) env.unpeek(url)
    }
  }

  effect(() => {
    const waiting = outgoing.value
    for (const [cid, parts] of handed) {
      if (waiting.some((e) => e.cid === cid)) continue
      forget(parts)
      handed.delete(cid)
    }
  })

  return {
    /** @param {Blob} blob @param {string} type */
    async look(blob, type) {
      const { url, width, height } = kindOf(type) === 'picture' ? await env.peek(blob) : { url: '', width: 0, height: 0 }
      if (url) urls.set(blob, url)
      return { width, height }
    },
    /** Empty for what is no picture, or not here. @param {Part} p */
    url: (p) => urls.get(keyOf(p)) ?? '',
    forget,
    /** Without their bytes; they are shown until the outbox no longer has them. @param {Pick<Uploading, 'cid' | 'parts'>} e @returns {Part[]} */
    handOver(e) {
      const parts = e.parts.map(({ blob, ...p }) => {
        const url = blob && urls.get(blob)
        if (url) urls.set(p.id, url)
        if (blob) urls.delete(blob)
        return p
      })
      handed.set(e.cid, parts)
      return parts
    },
    /** Nobody is signed in any more. */
    clear() {
      for (const url of urls.values()) env.unpeek(url)
      urls.clear()
      handed.clear()
    },
  }
}

/** @typedef {ReturnType<typeof createPreviews>} Previews */
