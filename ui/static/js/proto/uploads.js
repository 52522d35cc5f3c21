// Messages whose files are on their way. Two files go at a time; a message is handed over, under the cid it had from the beginning, when
// all of its files are whole. Until then it is kept on disk with their bytes, in this browser's custody.

/** @import {Message, Part, Uploading} from '../../../types' */
/** @import {UploadsOptions} from './uploadsoptions.js' */
import { wellFormed } from '../text/wellformed.js'
import { uploadSpeed } from './uploadspeed.js'
import { PART, UploadError, drop, upload } from './tus.js'
import { AGAIN, AT_ONCE, TRIES } from './uploadsoptions.js'

/** @param {UploadsOptions} o */
export function createUploads(o) {
  /** @type {readonly Uploading[]} */
  let going = []
  /** @type {Map<string, {entry: string, stop: AbortController}>} */
  const running = new Map()
  const speeds = uploadSpeed(o.clock)
  let ended = false
  /** whose bytes are on disk, for another tab to go on with @type {Set<string>} */
  const onDisk = new Set()
  /** what was taken back; once, for the other may have bytes of its own @type {Set<string>} */
  const takenBack = new Set()
  /** bytes that were kept on disk, as against a file that may change @type {WeakSet<Blob>} */
  const copies = new WeakSet()

  const records = o.custody.records('uploads', /** @type {import('./custody.js').Handlers<Uploading>} */ ({ taken, lost }))
  const find = (/** @type {string} */ cid) => going.find((e) => e.cid === cid)

  /** How far it is; that is written often, so its bytes aren't in it. @param {Uploading} e @returns {Uploading} */
  const written = (e) => ({ ...e, parts: e.parts.map(({ blob, ...p }) => p) })
  const keep = (/** @type {Uploading} */ e) => records.keep(written(e))

  /** Where they can't be kept, they are asked for after a reload. @param {Uploading} e */
  async function keepBytes(e) {
    onDisk.delete(e.cid)
    if (await records.keepBytes(e.cid, e.parts.map((p) => p.blob)) && find(e.cid)) onDisk.add(e.cid)
  }

  /** @param {readonly Uploading[]} entries */
  function become(entries) {
    going = entries
    o.onChange(going)
  }

  /** @template {Uploading} E @param {E} next */
  function set(next) {
    become(going.map((e) => e.cid === next.cid ? next : e))
    return next
  }

  /** @param {string} cid @param {number} i @param {Partial<Part>} to */
  function setPart(cid, i, to) {
    const e = find(cid)
    return e && set({ ...e, parts: e.parts.map((p, n) => n === i ? { ...p, ...to } : p) })
  }

  /** @param {string} cid */
  function stop(cid) {
    for (const run of running.values()) if (run.entry === cid) run.stop.abort()
  }

  function pump() {
    for (const e of going) {
      if (e.state !== 'uploading') continue
      for (const [i, p] of e.parts.entries()) {
        if (running.size >= AT_ONCE) return
        if (!p.done && p.blob && !running.has(`${e.cid}/${i}`)) run(e.cid, i, p, p.blob)
      }
    }
  }

  /** @param {string} cid @param {number} i @param {Part} p @param {Blob} blob */
  async function run(cid, i, p, blob) {
    const key = `${cid}/${i}`
    const control = new AbortController()
    running.set(key, { entry: cid, stop: control })
    const still = () => !control.signal.aborted
    try {
      const id = await upload({
        fetch: o.fetch, clock: o.clock, random: o.random, blob, id: p.id, part: PART, stop: control.signal,
        meta: { filename: p.name, filetype: p.type, as: p.as },
        onBegun: (id) => {
          const e = still() && setPart(cid, i, { id, at: 0 })
          if (e) keep(e)
        },
        onProgress: (at) => {
          if (!still()) return
          speeds.tell(key, at)
          setPart(cid, i, { at })
        },
      })
      const e = still() && setPart(cid, i, { id, at: blob.size, done: true })
      if (e) await (e.parts.every((x) => x.done) ? handOver(e) : keep(e))
    } catch (e) {
      const code = e instanceof UploadError ? e.code : 'internal'
      const unreadable = code === 'unreadable'
      if (unreadable && await useCopy(cid, i, blob)) return
      if (!still()) return
      if (unreadable) setPart(cid, i, { unreadable })
      fail(cid, code)
    } finally {
      running.delete(key)
      speeds.forget(key)
      if (!ended) pump()
    }
  }

  /** A file that was changed or taken away goes on from its copy. @param {string} cid @param {number} i @param {Blob} blob @returns {Promise<boolean>} whether there is one */
  async function useCopy(cid, i, blob) {
    if (copies.has(blob)) return false
    const copy = (await records.bytes(cid).soon)?.[i]
    const p = find(cid)?.parts[i]
    if (!copy || copy === blob || p?.blob !== blob || copy.size !== p.size) return false
    copies.add(copy)
    await replace(cid, i, p, copy)
    return true
  }

  /** Other bytes for a part, unless it went or got others still while these were looked at. @param {string} cid @param {number} i @param {Part} p what it was
   * @param {Blob} blob @param {Partial<Part>} [to] @returns {Promise<boolean>} whether they are its bytes now */
  async function replace(cid, i, p, blob, to) {
    const seen = await o.look(blob, p.type)
    const now = find(cid)?.parts[i]
    const wanted = now !== undefined && !now.done && now.blob === p.blob
    if (wanted) setPart(cid, i, { ...to, blob, ...seen })
    o.forget([wanted ? p : { ...p, blob }].filter((x) => x.blob))
    return wanted
  }

  /** Once more, whatever it failed at. @param {Uploading} e */
  function begin({ code, ...e }) {
    keep(set({ ...e, state: 'uploading', parts: e.parts.map(({ unreadable, ...p }) => p) }))
    pump()
  }

  /** @param {string} cid @param {string} code */
  function fail(cid, code) {
    stop(cid)
    const e = find(cid)
    if (e) keep(set({ ...e, state: 'failed', code }))
  }

  /** It is on disk in one place before it leaves the other: the host knows a cid that comes twice. @param {Uploading} e */
  async function handOver(e) {
    if (await o.whole(e, () => become(going.filter((x) => x.cid !== e.cid)))) records.drop(e.cid)
  }

  /** @param {Uploading} e one that another tab kept, or an earlier session @param {(wait: () => void) => void} late takes what is to be done where its bytes are still to come */
  async function revive(e, late) {
    const { soon, all } = records.bytes(e.cid)
    const blobs = await soon
    if (blobs?.length) onDisk.add(e.cid)
    if (!blobs) late(() => comeLate(e.cid, all))
    const parts = await Promise.all(e.parts.map(async (p, i) => {
      const blob = blobs?.[i]
      return blob ? { ...p, blob, ...await o.look(blob, p.type) } : p
    }))
    return /** @type {Uploading} */ ({ ...e, parts })
  }

  /** A busy disk gives the bytes when it can, and is asked again when it refuses. @param {string} cid @param {Promise<(Blob | undefined)[]>} all @param {number} [tries] */
  async function comeLate(cid, all, tries = TRIES) {
    const blobs = await all.catch(() => null)
    if (!blobs) {
      if (tries && !ended) o.clock.set(() => comeLate(cid, records.bytes(cid).all, tries - 1), AGAIN)
      return
    }
    if (blobs.length) onDisk.add(cid)
    for (const [i, blob] of blobs.entries()) {
      const p = find(cid)?.parts[i]
      if (blob && p && !p.done && !p.blob) await replace(cid, i, p, blob)
    }
    if (!ended) pump()
  }

  /** @param {Uploading[]} entries */
  async function taken(entries) {
    /** @type {(() => void)[]} */
    const late = []
    const revived = await Promise.all(entries.map((e) => revive(e, (wait) => { late.push(wait) })))
    const moved = ended ? [] : revived.filter((e) => !find(e.cid) && records.holds(e.cid))
    // By their bytes only: under the host's name the same picture may be drawn with its message.
    for (const e of revived) if (!moved.includes(e)) o.forget(e.parts.filter((p) => p.blob))
    if (ended) return
    if (moved.length) become([...going, ...moved].sort((a, b) => a.date - b.date))
    for (const e of moved) if (e.parts.every((p) => p.done)) handOver(e)
    for (const wait of late) wait()
    pump()
  }

  /** Whether its bytes are here and nowhere else. @param {Uploading} e */
  const onlyHere = (e) => !onDisk.has(e.cid) && e.parts.some((p) => p.blob && !p.done)

  /** Another tab goes on with them, or can't. @param {string[]} cids */
  function lost(cids) {
    const all = going.filter((e) => cids.includes(e.cid))
    const back = all.filter((e) => onlyHere(e) && !takenBack.has(e.cid))
    for (const e of back) takeBack(e)
    leave(all.filter((e) => !back.includes(e)))
  }

  /** @param {Uploading} e */
  async function takeBack(e) {
    takenBack.add(e.cid)
    if (await records.takeBack(written(e))) return
    leave(going.filter((x) => x.cid === e.cid))
  }

  /** They aren't this tab's any more, so their files stay at the host. @param {Uploading[]} gone */
  function leave(gone) {
    if (!gone.length) return
    for (const e of gone) stop(e.cid)
    become(going.filter((e) => !gone.includes(e)))
    for (const e of gone) o.forget(e.parts)
  }

  /** @param {Uploading} e @param {Message} [m] what it became: its files stay */
  function letGo(e, m) {
    stop(e.cid)
    become(going.filter((x) => x.cid !== e.cid))
    o.forget(e.parts)
    records.drop(e.cid)
    for (const p of e.parts) if (p.id && !m?.files?.some((f) => f.id === p.id)) drop(o, p.id)
  }

  return {
    /** @param {Pick<Uploading, 'cid' | 'to' | 'content' | 'date' | 'reply' | 'quote' | 'parts'>} what @returns {Promise<boolean>} whether it is kept */
    add(what) {
      /** @type {Uploading} */
      const e = { ...what, content: wellFormed(what.content), parts: what.parts.map((p) => ({ ...p, name: wellFormed(p.name) })), n: o.clock.now(), state: 'uploading' }
      become([...going, e])
      const kept = keep(e)
      keepBytes(e)
      pump()
      return kept
    },
    /** @param {string} cid */
    pause(cid) {
      const e = find(cid)
      if (!e) return
      const { code, ...rest } = e
      set({ ...rest, state: 'paused' })
      stop(cid)
      keep({ ...rest, state: 'paused' })
    },
    /** @param {string} cid */
    go(cid) {
      const e = find(cid)
      if (e) begin(e)
    },
    /** The same files once more, where the browser could not keep them, or as they are now, where they could not be read. @param {string} cid @param {Iterable<File>} files @returns {Promise<string[]>} names of those that aren't of it */
    async again(cid, files) {
      /** @type {string[]} */
      const others = []
      for (const f of files) {
        const i = find(cid)?.parts.findIndex((p) => !p.done && p.name === wellFormed(f.name) && (p.unreadable || (!p.blob && p.size === f.size))) ?? -1
        const p = find(cid)?.parts[i]
        if (!p) others.push(f.name)
        else if (!p.unreadable) await replace(cid, i, p, f)
        // It may be another by now: what the host has of it is no beginning of this one.
        else if (await replace(cid, i, p, f, { size: f.size, id: '', at: 0, unreadable: false }) && p.id) drop(o, p.id)
      }
      const e = find(cid)
      if (e) keepBytes(e)
      if (e?.code === 'unreadable' && !e.parts.some((p) => p.unreadable)) begin(e)
      else pump()
      return others
    },
    /** @param {string} cid @returns {Uploading | undefined} what it was */
    cancel(cid) {
      const e = find(cid)
      if (e) letGo(e)
      return e
    },
    /** Another tab took it over while this one slept, and sent it. @param {Message} m @returns {Uploading | undefined} what it was */
    came(m) {
      const e = find(m.cid)
      if (e) letGo(e, m)
      else if (records.holds(m.cid)) records.drop(m.cid)
      return e
    },
    /** Bytes a second of a message's files, 0 while that isn't known. @param {Uploading} e */
    speed: (e) => speeds.speed(e.parts.map((_, i) => `${e.cid}/${i}`)),
    /** None of it is wanted any more. */
    discard() {
      for (const e of going) letGo(e)
    },
    /** The session is over: what is on disk stays for the next one. */
    end() {
      ended = true
      for (const run of running.values()) run.stop.abort()
      become([])
    },
  }
}

/** @typedef {ReturnType<typeof createUploads>} Uploads */
