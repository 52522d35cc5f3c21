// A host that stores messages, and a browser with tabs at it, as far as what waits to go out is concerned. Tabs close, crash and sleep,
// sockets break with frames and answers under way, the disk refuses or doesn't answer; a test says what happens when.

import { createCustody } from '../static/js/proto/custody.js'
import { createOutbox } from '../static/js/proto/outbox.js'
import { FakeClock, FakeDisk, FakeTabs, settle } from './fakes.js'

/** What the host makes of a text: it ends the socket at one, and can't say which message it refuses at another. */
export const CLOSES = 'closes'
export const UNNAMED = 'unnamed'

class Host {
  /** @type {Map<string, {seq: number, content: string}>} */
  stored = new Map()
  /** refused for good, whether or not that was heard */
  turnedDown = new Set()
  /** the next messages are refused with these codes */
  refusals = []
  sockets = new Set()
  calls = []

  /** The answer, which always names the cid. order: what this socket has to send again first */
  #take(f, order) {
    const old = this.stored.get(f.cid)
    const refuse = (code) => ({ type: 'error', cid: f.cid, code, message: '', retry_after: 200 })
    if (order.blocked && order.blocked !== f.cid) return refuse(order.code)
    order.blocked = ''
    if (!old && (f.content.startsWith(CLOSES) || f.content.startsWith(UNNAMED))) return refuse('invalid')
    const code = this.refusals.shift()
    if (code) {
      if (code === 'gone') this.turnedDown.add(f.cid)
      else Object.assign(order, { blocked: f.cid, code })
      return refuse(code)
    }
    if (!old) {
      this.stored.set(f.cid, { seq: this.stored.size + 1, content: f.content })
      for (const s of this.sockets) s.events.push({ cid: f.cid, ev: this.stored.size })
    }
    const { seq } = this.stored.get(f.cid)
    return { type: 'ack', cid: f.cid, who: 2, seq, ev: seq, date: 1 }
  }

  /** Looks at what came, as much of it as it is told to. */
  handle(most = Infinity) {
    for (let n = 0; n < most; n++) {
      const s = [...this.sockets].find((x) => x.sent.length)
      const c = this.calls[0]
      if (s) {
        const f = s.sent.shift()
        if (f.content.startsWith(CLOSES) || JSON.stringify(f).length > 64 << 10) s.close()
        else {
          const answer = this.#take(f, s.order)
          if (f.content.startsWith(UNNAMED) && answer.code === 'invalid') delete answer.cid
          s.answers.push(answer, ...s.events.splice(0))
        }
      } else if (c) {
        this.calls.shift()
        c.answer(this.#take(c.frame, {}))
      } else return
    }
  }
}

class Tab {
  socket = null
  frozen = false
  dead = false
  was = { frozen: false }
  #missed = []

  constructor(browser, name) {
    this.browser = browser
    this.name = name
    const { clock, tabs, host } = browser
    const own = { now: clock.now, set: (fn, ms) => clock.set(() => this.do(fn), ms), clear: clock.clear }
    this.unkept = 0
    this.custody = createCustody({ stores: { messages: this.#disk(browser.disk), uploads: this.#disk(browser.uploads) }, tab: name, tabs: tabs.of(name), clock: own, onUnkept: () => { this.unkept++ } })
    this.box = createOutbox({
      custody: this.custody, clock: own, now: clock.now, newCid: () => `cid-${++browser.names}`,
      send: (frame) => {
        if (!this.socket) return false
        this.socket.sent.push(frame)
        return true
      },
      call: (frame) => {
        if (!this.socket) return this.do(() => this.box.error({ type: 'error', cid: frame.cid, code: 'offline', message: '' }))
        host.calls.push({ tab: this, frame, answer: (f) => this.do(() => this.hear(f)) })
      },
      onChange: () => {}, onOverdue: () => {},
    })
    /** uploads in its hands, by their cids */
    this.going = new Set()
    this.records = this.custody.records('uploads', {
      taken: (entries) => { for (const e of entries) this.going.add(e.cid) },
      lost: (cids) => { for (const cid of cids) this.going.delete(cid) },
    })
    this.custody.start()
  }

  /** @returns {{cid: string, kept: Promise<boolean>}} */
  upload(n) {
    const cid = `upload-${n}`
    this.going.add(cid)
    return { cid, kept: this.records.keep({ cid, to: 2, content: '', parts: [], date: n, n, state: 'uploading' }) }
  }
  /** It is whole, and a message now. */
  whole(cid) {
    this.going.delete(cid)
    this.records.drop(cid)
  }

  /** Now, when it wakes, or never. */
  do(fn) {
    if (this.dead) return
    if (this.frozen) this.#missed.push(fn)
    else fn()
  }

  /** What it was given before a crash is written, if the disk answers; nothing of it is heard after. */
  #disk(disk) {
    const of = (name) => (...args) => this.dead ? new Promise(() => {}) : new Promise((yes, no) => disk[name](...args).then((v) => this.do(() => yes(v)), (e) => this.do(() => no(e))))
    return Object.fromEntries(['all', 'put', 'update', 'putBytes', 'bytes', 'remove', 'takeBack', 'claim', 'clear'].map((name) => [name, of(name)]))
  }

  hear(f) {
    if (f.type === 'ack') this.box.ack(f)
    else if (f.type === 'error') this.box.error(f)
    else this.box.came({ cid: f.cid })
    this.box.reached(this.browser.host.stored.size)
  }

  connect() {
    if (this.socket || this.frozen || this.dead) return
    const { host } = this.browser
    const s = { sent: [], answers: [], events: [], order: {}, close: () => { if (this.socket === s) this.cut() } }
    host.sockets.add(s)
    this.socket = s
    // What it missed comes first.
    for (const e of this.box.entries()) if (host.stored.has(e.cid)) this.box.came({ cid: e.cid })
    this.box.up()
    this.custody.reconcile()
  }

  /** @param {boolean} [taken] what was sent arrived, but its answers are lost */
  cut(taken = false) {
    const s = this.socket
    if (!s) return
    const { host } = this.browser
    if (taken) host.handle()
    if (this.socket !== s) return
    host.sockets.delete(s)
    this.socket = null
    host.calls = host.calls.filter((c) => c.tab !== this)
    this.do(() => this.box.down())
  }

  deliver(most = Infinity) {
    const s = this.socket
    if (!s || this.frozen) return
    s.answers.push(...(s.sent.length ? [] : s.events.splice(0)))
    for (const f of s.answers.splice(0, most)) if (this.socket === s) this.hear(f)
  }

  freeze() {
    this.frozen = this.was.frozen = true
    this.browser.tabs.freeze(this.name)
  }
  thaw() {
    if (!this.frozen) return
    this.frozen = false
    this.browser.tabs.thaw(this.name)
    for (const fn of this.#missed.splice(0)) this.do(fn)
  }
  #end() {
    this.cut()
    this.dead = true
    this.browser.all.delete(this)
  }
  crash() {
    this.browser.tabs.kill(this.name)
    this.#end()
  }
  close() {
    const bye = this.browser.tabs.of(this.name)
    this.#end()
    bye.leave()
  }
}

export class Browser {
  clock = new FakeClock()
  tabs = new FakeTabs()
  disk = new FakeDisk()
  uploads = new FakeDisk()
  host = new Host()
  names = 0
  /** @type {Set<Tab>} */
  all = new Set()
  #n = 0
  open() {
    const tab = new Tab(this, `tab-${++this.#n}`)
    this.all.add(tab)
    return tab
  }
  /** Some tab, by a number. */
  tab = (i) => [...this.all][i % this.all.size]

  /** Everything works, for long enough. */
  async allIsWell(round) {
    this.host.refusals = []
    this.tabs.busy.clear()
    for (const d of [this.disk, this.uploads]) {
      d.broken = false
      d.answer()
    }
    for (let i = 0; i < 12; i++) {
      for (const t of this.all) {
        t.thaw()
        t.connect()
      }
      await settle()
      this.host.handle()
      for (const t of this.all) t.deliver()
      await this.clock.pass(i < 4 ? round : 2_500)
    }
  }
}
