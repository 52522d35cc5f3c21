// A clock, a socket and a disk that a test holds in its hands.

export class FakeClock {
  time = 1_000_000
  timers = []
  now = () => this.time
  set = (fn, ms) => {
    const timer = { fn, at: this.time + ms }
    this.timers.push(timer)
    return timer
  }
  clear = (timer) => { this.timers = this.timers.filter((t) => t !== timer) }

  /** Lets time pass, running what falls due in its order, and lets promises settle in between. */
  async pass(ms) {
    const end = this.time + ms
    await settle()
    for (;;) {
      const next = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.time = Math.max(this.time, next.at)
      this.clear(next)
      next.fn()
      await settle()
    }
    this.time = end
  }
}

export async function settle() {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

export class FakeSocket {
  sent = []
  closed = false
  onopen = null
  onmessage = null
  onclose = null
  onerror = null
  send(text) {
    if (this.closed) throw new Error('closed')
    this.sent.push(JSON.parse(text))
  }
  close() { this.closed = true }
  // what the other end does
  accept() { this.onopen?.({}) }
  say(frame) { this.onmessage?.({ data: JSON.stringify(frame) }) }
  hangUp(code) { this.onclose?.({ code }) }
}

/** The tabs of one browser. One that was never joined or is killed answers nothing; one that is frozen hears it all when it thaws; one that is busy answers too late. */
export class FakeTabs {
  ears = new Map()
  frozen = new Map()
  busy = new Set()
  /** how long their answers take */
  slow = async () => {}
  #say(from, what) {
    for (const [tab, ears] of this.ears) {
      if (tab === from) continue
      if (this.frozen.has(tab)) this.frozen.get(tab).push(what)
      else what(ears)
    }
  }
  /** @param {string} [before] the tab's name before its page was loaded anew */
  of = (tab, before = '') => ({
    before,
    alive: async (tabs) => {
      await this.slow()
      return new Set(tabs.filter((t) => this.ears.has(t) && !this.frozen.has(t) && !this.busy.has(t)))
    },
    took: (cids) => this.#say(tab, (ears) => ears.took(cids)),
    cleared: () => this.#say(tab, (ears) => ears.cleared()),
    join: (ears) => { this.ears.set(tab, ears) },
    leave: () => { if (this.ears.delete(tab)) this.#say(tab, (ears) => ears.gone(tab)) },
  })
  kill(tab) { this.ears.delete(tab) }
  freeze(tab) { if (!this.frozen.has(tab)) this.frozen.set(tab, []) }
  thaw(tab) {
    const missed = this.frozen.get(tab) ?? []
    this.frozen.delete(tab)
    for (const what of missed) what(this.ears.get(tab))
  }
}

/** A disk shared by several tabs; its answers come a turn later, as real ones do. broken: it refuses. silent: it doesn't answer, but keeps what it is given once it does again. */
export class FakeDisk {
  entries = new Map()
  blobs = new Map()
  broken = false
  silent = false
  #late = []
  answer() {
    this.silent = false
    for (const go of this.#late.splice(0)) go()
  }
  async #turn() {
    await (this.silent ? new Promise((go) => { this.#late.push(go) }) : Promise.resolve())
    if (this.broken) throw new Error('no disk')
  }
  async all() {
    await this.#turn()
    return [...this.entries.values()].map((e) => ({ ...e }))
  }
  async put(e) {
    await this.#turn()
    this.entries.set(e.cid, { ...e })
  }
  async update(e) {
    await this.#turn()
    const mine = (this.entries.get(e.cid)?.tab ?? e.tab) === e.tab
    if (mine) this.entries.set(e.cid, { ...e })
    return mine
  }
  async putBytes(cid, blobs) {
    await this.#turn()
    this.blobs.set(cid, blobs)
  }
  async bytes(cid) {
    await this.#turn()
    return this.blobs.get(cid) ?? []
  }
  async remove(cid) {
    await this.#turn()
    this.entries.delete(cid)
    this.blobs.delete(cid)
  }
  async takeBack(e) {
    await this.#turn()
    const there = this.entries.has(e.cid)
    if (there) this.entries.set(e.cid, { ...e })
    return there
  }
  async claim(from, to) {
    await this.#turn()
    const moved = [...this.entries.values()].filter((e) => e.tab === from).map((e) => ({ ...e, tab: to }))
    moved.forEach((e) => this.entries.set(e.cid, { ...e }))
    return moved
  }
  async clear() {
    await this.#turn()
    this.entries.clear()
    this.blobs.clear()
  }
}
