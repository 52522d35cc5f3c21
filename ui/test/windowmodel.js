// A host that a test holds in its hands, one chat of it, and a page that looks at it: answers come when the test says so, events in
// their order but late, and what the page does is held against what the host has.

import assert from 'node:assert/strict'
import { batch, effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { drawn, follow, missed, shown } from '../static/js/proto/window.js'
import { hasNewer, hasOlder, held } from '../static/js/proto/messagerange.js'
import { reduce } from '../static/js/proto/reducer.js'
import { createPages } from '../static/js/state/pages.js'
import { watchReadMarks } from '../static/js/state/readmarks.js'
import { FakeClock, settle } from './fakes.js'

const ME = 1
const WHO = 2

/** One chat at the host, and the events that tell of it. */
class Host {
  messages = []
  log = []
  seq = 0
  ev = 0
  read = 0

  constructor(n) {
    for (let i = 0; i < n; i++) this.#add(i % 3 ? WHO : ME)
    this.read = Math.floor(this.seq * 0.8)
    this.log = []
  }

  chat() {
    return { id: 1, user: ME, who: WHO, name: 'B', new: this.messages.filter((m) => m.user === WHO && m.seq > this.read).length, read: this.read,
      peer_got: 0, peer_read: 0, last: this.messages.at(-1) ?? null, date: 1, draft: '', pinned: false, muted: false, marked: false }
  }
  #tell(e) { this.log.push({ type: 'event', ev: ++this.ev, who: WHO, ...e }) }
  #add(user) {
    const m = { seq: ++this.seq, cid: `c${this.seq}`, user, name: '', date: this.seq, content: `m${this.seq}` }
    this.messages = [...this.messages, m]
    const { last, ...chat } = this.chat()
    this.#tell({ kind: 'message', message: m, chat })
  }
  send(user) { this.#add(user) }
  change(i) {
    if (!this.messages.length) return
    const old = this.messages[i % this.messages.length]
    const m = { ...old, content: `${old.content}!`, edited: 1 }
    this.messages = this.messages.map((x) => x === old ? m : x)
    this.#tell({ kind: 'changed', message: m })
  }
  /** From my side, by another device. */
  remove(seqs) {
    for (const seq of seqs) {
      if (!this.messages.some((m) => m.seq === seq)) continue
      this.messages = this.messages.filter((m) => m.seq !== seq)
      this.#tell({ kind: 'removed', seq })
      this.#tell({ kind: 'chat', chat: this.chat() })
    }
  }
  reads(upto) {
    this.read = Math.max(this.read, upto)
    const { last, ...chat } = this.chat()
    this.#tell({ kind: 'chat', chat })
  }
  /** As the protocol gives a page. */
  page({ before, after, around, at, limit }) {
    const all = this.messages
    if (before) {
      const found = all.filter((m) => m.seq < before)
      return { messages: found.slice(-limit), more: found.length > limit }
    }
    if (after) {
      const found = all.filter((m) => m.seq > after)
      return { messages: found.slice(0, limit), more: found.length > limit }
    }
    if (around || at) {
      const i = all.findIndex((m) => around ? m.seq >= around : m.date >= at)
      if (i < 0) return { messages: all.slice(-limit), more: all.length > limit }
      const from = Math.max(0, i - limit / 2)
      return { messages: all.slice(from, from + limit), more: from > 0 || from + limit < all.length }
    }
    return { messages: all.slice(-limit), more: all.length > limit }
  }
  snapshot() { return { epoch: 'e', ev: this.ev, me: { id: ME }, session: 's', people: new Map(), chats: new Map([[WHO, this.chat()]]) } }
}

/** The page, and all that the test knows better. */
export class Model {
  pending = []
  /** how far events are delivered, and what the chat was then */
  delivered = new Map()
  /** a page of the chat came whole since it was opened or events were missed */
  loaded = false
  /** messages of mine that came after what is drawn, and went on screen at once @type {Set<number>} */
  mine = new Set()
  scrolledUp = false
  steps = 0

  constructor(n) {
    const host = this.host = new Host(n)
    this.delivered = new Map(host.messages.map((m) => [m.seq, m]))
    const app = this.app = {
      phase: signal('app'), route: signal({ name: 'home', who: 0 }), data: signal(host.snapshot()), windows: signal(new Map()), attention: signal(true), endOf: signal(0), newestDrawn: signal(true),
      status: signal('live'), line: signal(null), target: signal(null), toEnd: signal(false), toast: signal(''), menuOpen: signal(false), emoji: { open: signal(false) },
      ...Object.fromEntries(['confirm', 'linkDialog', 'panel', 'keysShown', 'viewing', 'selected', 'finding'].map((name) => [name, signal(null)])),
      clock: new FakeClock(), effect,
      api: { messages: (who, at) => new Promise((yes, no) => { this.pending.push({ at, then: host.page(at), yes, no }) }) },
    }
    this.pages = createPages(app, { go: (name, who) => { app.route.value = { name, who } } })
    watchReadMarks(app, { account: { send: (f) => this.#sent(f) }, pages: this.pages })
  }

  get window() { return this.app.windows.peek().get(WHO) }

  #sent(f) {
    if (f.type !== 'read') return
    const w = this.window
    assert.ok(this.loaded, 'read, and no page of the chat ever came')
    assert.equal(w.state, 'ready')
    assert.ok(drawn(w, ME).some((m) => m.seq === f.upto), 'read what is not drawn')
    this.host.reads(f.upto)
  }

  /** What the view does after each drawing: it tells whether the end is in sight, and asks for more near an edge. */
  look() {
    const w = this.window
    const range = shown(w)
    this.app.endOf.value = this.app.route.peek().who === WHO && range && !hasNewer(range) && !this.scrolledUp ? WHO : 0
    if (w?.state !== 'ready' || this.app.route.peek().who !== WHO) return
    if (w.range.items.length < 8 && hasOlder(w.range)) this.pages.older(WHO)
    if (w.range.items.length < 8 && hasNewer(w.range)) this.pages.newer(WHO)
  }

  deliver(n) {
    for (const e of this.host.log.splice(0, n)) batch(() => {
      if (e.message) this.delivered.set(e.message.seq, e.message)
      if (e.kind === 'removed') {
        this.delivered.delete(e.seq)
        this.mine.delete(e.seq)
      }
      if (e.kind === 'message' && e.message.user === ME && this.window?.state === 'stale') this.mine.add(e.message.seq)
      this.app.data.value = reduce(this.app.data.peek(), e)
      const w = this.window
      if (!w) return
      const next = follow(w, e)
      const windows = new Map(this.app.windows.peek())
      if (next) windows.set(WHO, next)
      else windows.delete(WHO)
      this.app.windows.value = windows
    })
  }

  /** @param {'then' | 'now'} when the host looked */
  answer(i, when) {
    const [p] = this.pending.splice(i % Math.max(1, this.pending.length), 1)
    if (!p) return
    this.loaded = true
    p.yes(when === 'now' ? this.host.page(p.at) : p.then)
  }

  step({ do: what, n = 0 }) {
    this.steps++
    const { app, host, pages } = this
    const here = app.route.peek().who === WHO
    switch (what) {
      case 'theirs': return host.send(WHO)
      case 'mine': return host.send(ME)
      case 'change': return host.change(n)
      case 'remove': return host.remove([host.messages[n % Math.max(1, host.messages.length)]?.seq])
      case 'remove drawn': return host.remove(drawn(this.window, ME).map((m) => m.seq))
      case 'remove held': return host.remove(shown(this.window) ? held(shown(this.window)).map((m) => m.seq) : [])
      case 'deliver': return this.deliver(n)
      case 'answer': return this.answer(n, 'now')
      case 'answer late': return this.answer(n, 'then')
      case 'fail': return this.pending.splice(n % Math.max(1, this.pending.length), 1)[0]?.no(new Error('cut'))
      case 'older': return here && pages.older(WHO)
      case 'newer': return here && pages.newer(WHO)
      case 'jump': return void pages.jump(WHO, 1 + n % (host.seq + 1))
      case 'jump to date': return here && void pages.jumpToDate(WHO, 1 + n % (host.seq + 1))
      case 'to end': return here && void pages.toEnd(WHO)
      case 'retry': return pages.again(WHO)
      case 'scroll': this.scrolledUp = !this.scrolledUp; return
      case 'away': app.attention.value = !app.attention.peek(); return
      case 'leave': app.route.value = { name: 'home', who: 0 }; return
      case 'come': app.route.value = { name: 'chat', who: WHO }; return
      case 'drop': app.status.value = 'waiting'; return
      case 'up': app.status.value = 'live'; return
      case 'reset': return this.reset()
      default: throw new Error(what)
    }
  }

  reset() {
    const { app, host } = this
    host.log = []
    this.loaded = false
    this.mine.clear()
    this.delivered = new Map(host.messages.map((m) => [m.seq, m]))
    const windows = missed(app.windows.peek(), app.route.peek().who)
    batch(() => {
      app.data.value = host.snapshot()
      app.windows.value = windows
    })
  }

  async run(step) {
    const before = this.window
    this.step(step)
    await settle()
    this.look()
    await settle()
    this.check()
    if (!this.window || (before?.state === 'failed' && this.window.state === 'opening')) this.loaded = false
  }

  /** What holds at every moment. */
  check() {
    const w = this.window
    const range = shown(w)
    if (w?.state !== 'stale') this.mine.clear()
    const here = new Set(drawn(w, ME).map((m) => m.seq))
    for (const seq of this.mine) assert.ok(here.has(seq), `${seq} is mine and left the screen`)
    if (!range) return assert.deepEqual(drawn(w, ME), [])
    const seqs = held(range).map((m) => m.seq)
    assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b), 'not ascending')
    if (w.state !== 'ready') return
    assert.ok(range.items.length || !(hasOlder(range) || hasNewer(range)), 'nothing is drawn of a chat that goes on')
    const now = new Map(this.host.messages.map((m) => [m.seq, m]))
    const from = hasOlder(range) ? seqs[0] : 0
    const to = hasNewer(range) ? seqs.at(-1) : Infinity
    const holds = new Set(seqs)
    for (const seq of this.delivered.keys()) if (now.has(seq) && seq >= from && seq <= to) assert.ok(holds.has(seq), `a hole at ${seq}`)
    const going = new Set(this.host.log.filter((e) => e.kind === 'removed').map((e) => e.seq))
    for (const seq of seqs) assert.ok(now.has(seq) || going.has(seq), `${seq} is gone`)
  }

  /** All answers and events come; what failed is asked for again. Then the chat is what a page that was just loaded shows. */
  async rest() {
    this.app.status.value = 'live'
    this.app.attention.value = true
    this.app.route.value = { name: 'chat', who: WHO }
    for (let i = 0; i < 200; i++) {
      this.pages.again(WHO)
      this.deliver(Infinity)
      this.answer(0, 'now')
      await settle()
      this.look()
      await settle()
      if (!this.pending.length && !this.host.log.length && this.window?.state === 'ready') break
    }
    this.check()
    const { window: w, host } = this
    assert.equal(w?.state, 'ready', 'it never comes to rest')
    assert.ok(drawn(w, ME).length || !host.messages.length, 'an empty chat that has messages')
    const now = new Map(host.messages.map((m) => [m.seq, m.content]))
    for (const m of held(w.range)) assert.equal(m.content, now.get(m.seq))
  }

  /** At the end it shows what the host has there. */
  async atEnd() {
    this.scrolledUp = false
    this.pages.toEnd(WHO)
    await this.rest()
    const items = drawn(this.window, ME)
    assert.equal(hasNewer(this.window.range), false)
    assert.deepEqual(items, this.host.messages.slice(-items.length || Infinity))
    assert.ok(items.length >= Math.min(8, this.host.messages.length))
  }
}
