// Files that go with messages: chosen and looked at, then uploaded two at a time. Such a message is kept on disk with its files and
// stands at the end of the chat at once; it goes out, as one message under the cid it had from the beginning, when all of them are
// whole. What is written meanwhile doesn't wait for it.

/** @import {Entry, Message, OutboxStore, Part} from '../../../types' */
/** @import {Base} from './app.js' */
import { batch, computed, effect, signal, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { newCid } from '../proto/cid.js'
import { PART, UploadError, drop, upload } from '../proto/tus.js'
import { named } from '../proto/thread.js'
import { kindOf } from '../text/filename.js'
import { t } from '../words/index.js'
import { hostNow } from './hostnow.js'
import { tooLong } from './limit.js'
import { paced } from '../proto/pace.js'
import { createPreviews } from './previews.js'
import { say, sayUnkept } from './say.js'
import { setIn } from './signals.js'

const AT_ONCE = 2
/** Of one message, as the host has it. */
export const MOST = 30

/** @param {Base} app @param {{live: import('./live.js').Live, drafts: import('./drafts.js').Drafts, pages: import('./pages.js').Pages}} parts */
export function createFiles(app, { live, drafts, pages }) {
  const { env } = app
  const chosen = signal(/** @type {ReadonlyMap<number, readonly Part[]>} */ (new Map()))
  const going = signal(/** @type {readonly Entry[]} */ ([]))
  const previews = createPreviews(app)
  /** @type {Map<string, {entry: string, stop: AbortController}>} */
  const running = new Map()
  const pace = paced(env.clock)
  /** @type {OutboxStore | null} */
  let store = null
  let me = 0
  let asked = false

  const find = (/** @type {string} */ cid) => going.peek().find((e) => e.cid === cid)
  /** How far a message is; it is written often, so its bytes aren't in it. @param {Entry} e */
  const keep = (e) => store?.put({ ...e, parts: e.parts?.map(({ blob, ...p }) => p) }).catch(() => sayUnkept(app))
  /** Where they can't be kept, they are asked for after a reload. @param {Entry} e */
  const keepBytes = (e) => store?.putBytes(e.cid, (e.parts ?? []).map((p) => p.blob)).catch(() => {})

  /** @param {string} cid @param {Partial<Entry>} to */
  function set(cid, to) {
    going.value = going.peek().map((e) => e.cid === cid ? { ...e, ...to } : e)
    return find(cid)
  }

  /** @param {string} cid @param {number} i @param {Partial<Part>} to */
  const setPart = (cid, i, to) => set(cid, { parts: find(cid)?.parts?.map((p, n) => n === i ? { ...p, ...to } : p) })

  /** @param {string} cid */
  function stop(cid) {
    for (const run of running.values()) if (run.entry === cid) run.stop.abort()
  }

  function pump() {
    for (const e of going.peek()) {
      if (e.state !== 'uploading') continue
      for (const [i, p] of (e.parts ?? []).entries()) {
        if (running.size >= AT_ONCE) return
        if (!p.done && p.blob && !running.has(`${e.cid}/${i}`)) run(e.cid, i, p, p.blob)
      }
    }
  }

  /** @param {string} cid @param {number} i @param {Part} p @param {Blob} blob */
  async function run(cid, i, p, blob) {
    const key = `${cid}/${i}`
    const ours = store
    const control = new AbortController()
    running.set(key, { entry: cid, stop: control })
    const still = () => store === ours && !control.signal.aborted
    try {
      const id = await upload({
        fetch: env.fetch, clock: env.clock, random: env.random, blob, id: p.id, part: PART, stop: control.signal,
        meta: { filename: p.name, filetype: p.type, as: p.as },
        onBegun: (id) => {
          const e = still() && setPart(cid, i, { id, at: 0 })
          if (e) keep(e)
        },
        onProgress: (at) => {
          if (!still()) return
          pace.tell(key, at)
          setPart(cid, i, { at })
        },
      })
      const e = still() && setPart(cid, i, { id, at: blob.size, done: true })
      if (e) await (e.parts?.every((x) => x.done) ? handOver(e) : keep(e))
    } catch (e) {
      if (still()) fail(cid, e instanceof UploadError ? e.code : 'internal')
    } finally {
      running.delete(key)
      pace.forget(key)
      if (store === ours) pump()
    }
  }

  /** @param {string} cid @param {string} code */
  function fail(cid, code) {
    stop(cid)
    const e = set(cid, { state: 'failed', code })
    if (e) keep(e)
  }

  /** @param {Entry} e @param {Message} [m] what it became: its files stay */
  function letGo(e, m) {
    stop(e.cid)
    going.value = going.peek().filter((x) => x !== e)
    previews.forget(e.parts)
    store?.remove(e.cid).catch(() => {})
    for (const p of e.parts ?? []) if (p.id && !m?.files?.some((f) => f.id === p.id)) drop(env, p.id)
  }

  /** Another tab took it over while this one slept, and sent it. @param {Message} m */
  function came(m) {
    const e = find(m.cid)
    if (!e) return
    letGo(e, m)
    drafts.acked(e.to, m)
  }
  live.onMine(came)
  // Who missed too much gets no events, but the chat anew.
  effect(() => {
    for (const e of going.value) {
      const m = named(app.threads.value.get(e.to), e.cid, me)
      if (m) untracked(() => came(m))
    }
  })

  /** It is on disk in one place before it leaves the other: the host knows a cid that comes twice. @param {Entry} e */
  async function handOver(e) {
    const { n, tab, state, code, ...rest } = e
    const ours = store
    const box = live.outbox()
    if (!box) return
    await batch(() => {
      going.value = going.peek().filter((x) => x.cid !== e.cid)
      return box.give({ ...rest, files: e.parts?.map((p) => p.id), parts: previews.handOver(e) })
    })
    await ours?.remove(e.cid).catch(() => {})
  }

  /** @param {Entry} e @param {OutboxStore} from */
  async function adoptOne(e, from) {
    const blobs = await from.bytes(e.cid).catch(() => [])
    const parts = await Promise.all((e.parts ?? []).map(async (p, i) => {
      const blob = blobs[i]
      return blob ? { ...p, blob, ...await previews.look(blob, p.type) } : p
    }))
    return { ...e, parts, state: e.state === 'failed' || e.state === 'paused' ? e.state : 'uploading' }
  }

  /** What this browser kept: that of tabs which are gone and, the first time, what this one kept of an earlier session. */
  async function adopt() {
    const ours = store
    if (!ours) return
    const first = !asked
    asked = true
    try {
      const names = [...new Set((await ours.all()).map((e) => e.tab))]
      const others = names.filter((name) => name !== env.tab)
      const alive = others.length ? await env.alive(others) : new Set()
      for (const name of names.filter((x) => x === env.tab ? first : !alive.has(x))) {
        const moved = await Promise.all((await ours.claim(name, env.tab)).filter((e) => !find(e.cid)).map((e) => adoptOne(e, ours)))
        if (store !== ours) return moved.forEach((e) => previews.forget(e.parts))
        going.value = [...going.peek(), .../** @type {Entry[]} */ (moved)].sort((a, b) => a.date - b.date)
        for (const e of moved) if (e.parts.every((p) => p.done)) handOver(/** @type {Entry} */ (e))
      }
    } catch { /* no disk here: what is on its way lives as long as the tab */ }
    pump()
  }

  /** Somebody is signed in, or nobody any more. @param {number} now */
  function changed(now) {
    if (now === me) return
    me = now
    asked = false
    for (const run of running.values()) run.stop.abort()
    going.value = []
    chosen.value = new Map()
    previews.clear()
    store = me ? env.store(app.host.peek()?.instance ?? '', me, '-files') : null
  }

  const who = computed(() => app.data.value?.me.id ?? 0)
  effect(() => {
    const now = who.value
    const up = app.status.value === 'live'
    untracked(() => {
      changed(now)
      if (up && now) adopt()
    })
  })

  return {
    chosen,
    /** messages whose files aren't whole */
    going,
    url: previews.url,
    /** Bytes a second of a message's files, 0 while that isn't known. @param {Entry} e */
    speed: (e) => pace.speed((e.parts ?? []).map((_, i) => `${e.cid}/${i}`)),

    /** To be looked at before they are sent. @param {number} who @param {Iterable<File>} files */
    async choose(who, files) {
      const ours = store
      const parts = await Promise.all([...files].map(async (f) => /** @type {Part} */ ({
        name: f.name, size: f.size, type: f.type, as: kindOf(f.type) === 'picture' ? 'picture' : 'file', ...await previews.look(f, f.type), blob: f, id: '', at: 0, done: false,
      })))
      if (store !== ours) return previews.forget(parts)
      const all = [...chosen.peek().get(who) ?? [], ...parts]
      if (all.length > MOST) say(app, t('files.most', { n: MOST }))
      previews.forget(all.slice(MOST))
      if (all.length) setIn(chosen, who, all.slice(0, MOST))
    },
    /** @param {number} who @param {Part} p */
    leaveOut(who, p) {
      const rest = (chosen.peek().get(who) ?? []).filter((x) => x !== p)
      setIn(chosen, who, rest.length ? rest : undefined)
      previews.forget([p])
    },
    /** Pictures as they are, with all that a camera writes into them, or as pictures. @param {number} who @param {boolean} whole */
    asFiles(who, whole) {
      setIn(chosen, who, chosen.peek().get(who)?.map((p) => ({ ...p, as: !whole && kindOf(p.type) === 'picture' ? 'picture' : 'file' })))
    },

    /** @param {number} who @param {string} text @returns {boolean} whether there was something chosen */
    send(who, text) {
      const parts = chosen.peek().get(who)
      const content = text.trim()
      if (!parts || tooLong(content)) return false
      const quote = app.replies.peek().get(who)
      /** @type {Entry} */
      const e = { cid: newCid(), to: who, content, date: hostNow(app), n: env.clock.now(), tab: env.tab, state: 'uploading', parts, ...(quote ? { reply: quote.seq, quote } : {}) }
      going.value = [...going.peek(), e]
      keep(e)
      keepBytes(e)
      setIn(chosen, who, undefined)
      setIn(app.replies, who, undefined)
      if (text) drafts.sent(who, e.cid)
      app.line.value = null
      app.toEnd.value = true
      pages.toEnd(who, 'log.below')
      pump()
      return true
    },

    /** @param {string} cid */
    pause(cid) {
      const e = set(cid, { state: 'paused' })
      stop(cid)
      if (e) keep(e)
    },
    /** @param {string} cid */
    go(cid) {
      const e = set(cid, { state: 'uploading', code: undefined })
      if (e) keep(e)
      pump()
    },
    /** Its text stands in the composer again, before what stands there, with what it answered. @param {string} cid */
    cancel(cid) {
      const e = find(cid)
      if (!e) return
      letGo(e)
      const here = drafts.text(e.to)
      if (e.content) drafts.type(e.to, here ? `${e.content}\n${here}` : e.content)
      if (e.quote && !app.replies.peek().has(e.to)) setIn(app.replies, e.to, e.quote)
    },
    /** The same files once more, where the browser could not keep them. @param {string} cid @param {Iterable<File>} files */
    async again(cid, files) {
      for (const f of files) {
        const i = find(cid)?.parts?.findIndex((p) => !p.done && !p.blob && p.name === f.name && p.size === f.size) ?? -1
        if (i < 0) say(app, t('files.other', { name: f.name }))
        else setPart(cid, i, { blob: f, ...await previews.look(f, f.type) })
      }
      const e = find(cid)
      if (e) keepBytes(e)
      pump()
    },
    /** Nothing of it stays in this browser. */
    async clear() {
      for (const e of going.peek()) letGo(e)
      await store?.clear().catch(() => {})
    },
  }
}

/** @typedef {ReturnType<typeof createFiles>} Files */
