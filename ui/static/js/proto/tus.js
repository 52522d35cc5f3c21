// One file on its way to the host after tus 1.0.0, in parts that are asked for anew after every break. It ends whole, stopped, or
// with a code that waiting doesn't mend.

import { backoff } from './backoff.js'

const VERSION = { 'Tus-Resumable': '1.0.0' }
/** Of one request, bytes: the host takes up to 4 MiB. */
export const PART = 2 << 20
/** Of a broken part the host keeps nothing, so on a bad network they become smaller, down to here. */
const LEAST = 256 << 10
/** How long one part may take, ms: the host gives up after 45 s. */
const LIMIT = 40_000
/** After a part that took less, ms, the next is larger again. */
const QUICK = 4_000
const HOME = '/api/files/'

/** Why a file doesn't get through: a code of the protocol, the limit that it is beyond, or `unreadable` for one that is gone from this device. */
export class UploadError extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

/**
 * @typedef {object} Upload
 * @property {typeof fetch} fetch
 * @property {import('../../../types').Clock} clock
 * @property {() => number} random
 * @property {Blob} blob
 * @property {{filename: string, filetype: string, as: string}} meta
 * @property {string} id what the host called it, empty for one that isn't begun
 * @property {number} part bytes of one request, at most
 * @property {AbortSignal} stop
 * @property {(id: string) => void} onBegun
 * @property {(at: number) => void} onProgress bytes that are on the host's disk
 */

/** @param {Upload} o @returns {Promise<string>} its id */
export async function upload(o) {
  let { id } = o
  let at = -1
  let breaks = 0
  let { part } = o
  for (;;) {
    if (o.stop.aborted) throw new UploadError('stopped')
    try {
      if (!id) {
        id = await begin(o)
        at = 0
        o.onBegun(id)
      }
      if (at < 0) at = await howFar(o, id)
      o.onProgress(at)
      if (at >= o.blob.size) return id
      const begun = o.clock.now()
      at = await send(o, id, at, part)
      breaks = 0
      if (o.clock.now() - begun < QUICK) part = Math.min(o.part, part * 2)
    } catch (e) {
      const code = e instanceof UploadError ? e.code : 'offline'
      if (o.stop.aborted) throw new UploadError('stopped')
      if (code === 'not_found' || code === 'gone') id = ''
      else if (!PASSING.has(code)) throw e
      at = -1
      if (code === 'offline') part = Math.min(part, Math.max(LEAST, part / 2))
      await pause(o, backoff(breaks++, o.random))
    }
  }
}

/** What passes by itself. At the wrong offset the right one is asked for. */
const PASSING = new Set(['offline', 'rate', 'locked', 'conflict', 'unavailable', 'internal'])

/** @param {Upload} o */
async function begin(o) {
  const meta = Object.entries(o.meta).filter(([, value]) => value).map(([key, value]) => `${key} ${base64(value)}`).join(',')
  const answer = await ask(o, 'POST', '/api/files', { 'Upload-Length': String(o.blob.size), 'Upload-Metadata': meta })
  const id = answer.headers.get('Location')?.split('/').at(-1)
  if (!id) throw new UploadError('internal')
  return id
}

/** @param {Upload} o @param {string} id */
const howFar = async (o, id) => offset(await ask(o, 'HEAD', HOME + id))

/** @param {Upload} o @param {string} id @param {number} at @param {number} part */
async function send(o, id, at, part) {
  const bytes = await o.blob.slice(at, at + part).arrayBuffer().catch(() => { throw new UploadError('unreadable') })
  return offset(await ask(o, 'PATCH', HOME + id, { 'Upload-Offset': String(at), 'Content-Type': 'application/offset+octet-stream' }, bytes))
}

/** @param {Response} answer */
function offset(answer) {
  const at = Number(answer.headers.get('Upload-Offset') ?? NaN)
  if (!Number.isSafeInteger(at) || at < 0) throw new UploadError('internal')
  return at
}

/** Gives an upload up; what fails here the host forgets after a day. @param {Pick<Upload, 'fetch'>} o @param {string} id */
export async function drop(o, id) {
  await o.fetch(HOME + id, { method: 'DELETE', headers: VERSION }).catch(() => {})
}

/** @param {Upload} o @param {string} method @param {string} path @param {Record<string, string>} [headers] @param {ArrayBuffer} [body] */
async function ask(o, method, path, headers = {}, body) {
  if (o.stop.aborted) throw new UploadError('stopped')
  const own = new AbortController()
  const stop = () => own.abort()
  o.stop.addEventListener('abort', stop)
  const late = o.clock.set(stop, LIMIT)
  try {
    const answer = await o.fetch(path, { method, headers: { ...VERSION, ...headers }, body, signal: own.signal })
    if (answer.ok) return answer
    const error = (await answer.json().catch(() => null))?.error
    throw new UploadError(error?.reason ?? error?.code ?? (BARE[answer.status] || 'internal'))
  } finally {
    o.clock.clear(late)
    o.stop.removeEventListener('abort', stop)
  }
}

/** The answer to HEAD has no body to read a code from. @type {Record<number, string>} */
const BARE = { 401: 'unauthorized', 404: 'not_found', 410: 'gone', 429: 'rate', 503: 'unavailable', 507: 'storage_full' }

/** @param {Upload} o @param {number} ms */
const pause = (o, ms) => new Promise((resolve) => {
  const timer = o.clock.set(done, ms)
  function done() {
    o.clock.clear(timer)
    o.stop.removeEventListener('abort', done)
    resolve(undefined)
  }
  o.stop.addEventListener('abort', done)
})

/** @param {string} text */
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
