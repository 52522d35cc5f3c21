// Who cares for what waits to go out: messages, and uploads that become messages. There is one custody for a person at an instance. All
// tabs of a browser keep what waits in the same stores, and each record names its owner, the tab that sends it. When an owner
// says good-bye or didn't answer twice, another tab takes its records over, in one transaction.
//
// A takeover by mistake does no harm. The host knows a cid that comes twice, and an owner that was only asleep or busy lets go of its
// records when it hears of it, or takes back what it alone can send. A disk that refuses or doesn't answer holds nothing up: what waits then lives as long as its tab.

/** @import {Clock, CustodyStore, Entry, Kept, Tabs} from '../../../types' */

/** How long the disk may take to answer, ms. After that nothing waits for it until it answers again. */
export const TIMEOUT = 3_000
/** How often a tab looks for records whose owner is gone, ms. */
export const INTERVAL = 10_000
/** How long after a good-bye its records stay for the same page loaded anew, ms: whoever reloads finds there what was there. */
export const GRACE = 2_000
/** How long a tab may be silent without being taken for gone, ms: one that is busy answers late. */
export const PATIENCE = 2_000

/** @typedef {'messages' | 'uploads'} Kind */

/**
 * What happens when records change hands.
 * @template {Entry} E
 * @typedef {object} Handlers
 * @property {(entries: E[]) => void} taken they are this tab's now, in the order of sending; first called when it is known what was left, even if that is nothing
 * @property {(cids: string[]) => void} lost another tab sends them now
 * @property {(waiting: Kept[]) => void} [seen] all that waits on disk, whoever sends it; nothing where the disk doesn't tell
 */

/**
 * @typedef {object} CustodyOptions
 * @property {Record<Kind, CustodyStore>} stores of one person at one instance
 * @property {string} tab this tab's name, unlike that of any other
 * @property {Tabs} tabs
 * @property {Clock} clock
 * @property {() => void} onUnkept something that waits isn't on disk
 * @property {(cid: string) => void} [onKept] it is on disk after all, later than it was said to be
 */

/** @param {CustodyOptions} o */
export function createCustody(o) {
  /** @type {{store: CustodyStore, opened: () => boolean, open: () => void, read: () => Promise<Kept[]>, claim: (owners: string[]) => Promise<void>, lose: (cids: string[]) => void, cids: () => Iterable<string>, forget: () => void}[]} */
  const kinds = []
  /** the disk owes an answer for longer than TIMEOUT */
  let silent = false
  let refused = false
  let ended = false
  /** nothing is written any more: this tab or another signed the person out */
  let cleared = false
  let running = false
  let again = false
  /** tabs that said good-bye */
  const departed = new Set([o.tabs.before])
  /** tabs that owed an answer, and since when @type {Map<string, number>} */
  const missing = new Map()
  /** @type {any} */
  let timer = null

  /**
   * An answer of the disk, or a refusal at the latest after TIMEOUT.
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  function bounded(work) {
    const answered = () => { silent = false }
    work.then(answered, answered)
    if (silent) return Promise.reject(new Error('the disk does not answer'))
    return new Promise((resolve, reject) => {
      const late = o.clock.set(() => {
        silent = true
        reject(new Error('the disk does not answer in time'))
      }, TIMEOUT)
      const stop = () => o.clock.clear(late)
      work.then((value) => { stop(); resolve(value) }, (e) => { stop(); reject(e) })
    })
  }

  /** Looks who owns what, and takes over what belongs to tabs that are gone. One at a time. */
  async function reconcile() {
    again = true
    if (running) return
    running = true
    while (again && !ended) {
      again = false
      await round().catch(() => {})
    }
    running = false
    for (const s of kinds) if (!ended) s.open()
  }

  async function round() {
    const found = (await Promise.all(kinds.map((s) => s.read().catch(() => [])))).flat()
    const owners = [...new Set(found.map((e) => e.tab))].filter((tab) => tab !== o.tab)
    const alive = owners.length && !ended ? await o.tabs.alive(owners) : new Set()
    if (ended) return
    for (const tab of missing.keys()) if (!owners.includes(tab)) missing.delete(tab)
    const gone = owners.filter((tab) => isGone(tab, alive.has(tab)))
    await Promise.all(kinds.map((s) => s.claim(gone)))
  }

  /** @param {string} tab @param {boolean} answered */
  function isGone(tab, answered) {
    if (answered) {
      departed.delete(tab)
      missing.delete(tab)
      return false
    }
    if (departed.has(tab)) return true
    const since = missing.get(tab)
    if (since !== undefined) return o.clock.now() - since >= PATIENCE
    missing.set(tab, o.clock.now())
    o.clock.set(reconcile, PATIENCE)
    return false
  }

  function forget() {
    cleared = true
    for (const s of kinds) s.forget()
  }

  function tick() {
    timer = o.clock.set(tick, INTERVAL)
    reconcile()
  }

  /**
   * The records of one kind. To be asked for before start.
   * @template {Entry} E
   * @param {Kind} kind
   * @param {Handlers<E>} handlers
   */
  function records(kind, handlers) {
    const store = o.stores[kind]
    /** what this tab cares for, and whether it is on disk under this tab's name @type {Map<string, boolean>} */
    const owned = new Map()
    /** what this tab is done with, until it is gone from the disk @type {Set<string>} */
    const leaving = new Set()
    /** of an earlier session in this tab @type {Kept[]} */
    let left = []
    let opened = false

    /** @param {Kept[]} entries */
    function take(entries) {
      const fresh = entries.filter((e) => !owned.has(e.cid) && !leaving.has(e.cid)).sort((a, b) => a.n - b.n)
      for (const e of fresh) owned.set(e.cid, true)
      if (opened && !fresh.length) return
      opened = true
      handlers.taken(fresh.map(({ tab, ...e }) => /** @type {any} */ (e)))
    }

    /** @param {string[]} cids */
    function lose(cids) {
      const lost = cids.filter((cid) => owned.delete(cid))
      if (lost.length) handlers.lost(lost)
    }

    /** @param {string} cid */
    const remove = (cid) => store.remove(cid).then(() => { leaving.delete(cid) }, () => {})

    kinds.push({
      store, lose,
      cids: () => owned.keys(),
      forget: () => { owned.clear() },
      opened: () => opened,
      open: () => { if (!opened) take([]) },
      async read() {
        const known = new Set([...owned.keys(), ...leaving])
        const all = await store.all().catch((e) => {
          handlers.seen?.([])
          throw e
        })
        silent = false
        if (ended) return []
        lose(all.filter((e) => e.tab !== o.tab && owned.get(e.cid)).map((e) => e.cid))
        const mine = all.filter((e) => e.tab === o.tab)
        for (const e of mine) if (leaving.has(e.cid)) remove(e.cid)
        left = mine.filter((e) => !known.has(e.cid))
        handlers.seen?.(all)
        return all
      },
      async claim(owners) {
        /** @type {Kept[]} */
        const moved = []
        for (const owner of owners) moved.push(...await store.claim(owner, o.tab).catch(() => []))
        if (moved.length) o.tabs.took(moved.map((e) => e.cid))
        if (!ended) take([...left.splice(0), ...moved])
      },
    })

    return {
      /** Writes an entry down as it is now. @param {E} e @returns {Promise<boolean>} whether it is on disk; at the latest after TIMEOUT */
      async keep(e) {
        if (cleared) return false
        const record = /** @type {Kept} */ ({ ...e, tab: o.tab })
        const old = owned.get(e.cid)
        owned.set(e.cid, old ?? false)
        leaving.delete(e.cid)
        let late = false
        const work = (old ? store.update(record) : store.put(record).then(() => true)).then((mine) => {
          refused = false
          if (!mine) lose([e.cid])
          else if (owned.has(e.cid)) {
            owned.set(e.cid, true)
            if (late && !ended) o.onKept?.(e.cid)
          }
          return mine
        })
        try {
          return await bounded(work)
        } catch {
          late = true
          refused = true
          if (!ended) o.onUnkept()
          return false
        }
      },
      /** The bytes of an entry's files, by their places among its parts; they may take their time. @param {string} cid @param {(Blob | undefined)[]} blobs @returns {Promise<boolean>} whether they are on disk */
      keepBytes: async (cid, blobs) => !cleared && store.putBytes(cid, blobs).then(() => true, () => false),
      /** Takes back what another tab took over, unless that one is done with it. @param {E} e @returns {Promise<boolean>} false where it is done */
      async takeBack(e) {
        owned.set(e.cid, false)
        const there = await store.takeBack(/** @type {Kept} */ ({ ...e, tab: o.tab })).catch(() => null)
        if (there && owned.has(e.cid)) {
          owned.set(e.cid, true)
          o.tabs.took([e.cid])
        }
        if (there === false) owned.delete(e.cid)
        return there !== false
      },
      /** None where they could not be kept. soon: null when the disk refuses or takes longer than TIMEOUT, but then they may still come. @param {string} cid */
      bytes(cid) {
        const all = store.bytes(cid)
        return { all, soon: bounded(all).catch(() => null) }
      },
      /** This tab is done with it, and so is every other. @param {string} cid */
      drop(cid) {
        owned.delete(cid)
        leaving.add(cid)
        remove(cid)
      },
      /** Whether this tab cares for it. @param {string} cid */
      holds: (cid) => owned.has(cid),
      /** Whether it is on disk as this tab's. @param {string} cid */
      keeps: (cid) => owned.get(cid) === true,
    }
  }

  return {
    records,
    start() {
      o.tabs.join({
        gone: (tab) => {
          departed.add(tab)
          o.clock.set(reconcile, GRACE)
        },
        took: (cids) => kinds.forEach((s) => s.lose(cids)),
        cleared: forget,
        back: reconcile,
      })
      o.clock.set(() => {
        const waiting = kinds.filter((s) => !s.opened())
        if (ended || !waiting.length) return
        silent = true
        for (const s of waiting) s.open()
      }, TIMEOUT)
      tick()
    },
    reconcile,
    /** Whether what is given to it now is likely to be kept: the disk refused nothing and owes no answer. */
    sound: () => !silent && !refused,
    /** How many messages wait in this browser for this person, whichever tab cares for them. @returns {Promise<number>} */
    async count() {
      const kept = await Promise.all(kinds.map((s) => bounded(s.store.all()).catch(() => [])))
      return new Set([...kept.flat().map((e) => e.cid), ...kinds.flatMap((s) => [...s.cids()])]).size
    },
    /** Nothing of this person stays in this browser. */
    async clear() {
      o.tabs.cleared()
      forget()
      await Promise.all(kinds.map((s) => bounded(s.store.clear()).catch(() => {})))
    },
    /** The session is over: what is on disk stays for the next one. */
    end() {
      ended = true
      o.clock.clear(timer)
      o.tabs.leave()
    },
  }
}

/** @typedef {ReturnType<typeof createCustody>} Custody */
