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

/** A disk shared by several tabs; its answers come a turn later, as real ones do. */
export class FakeDisk {
  entries = new Map()
  blobs = new Map()
  broken = false
  async #turn() {
    await Promise.resolve()
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
