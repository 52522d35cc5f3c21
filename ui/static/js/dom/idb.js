// What waits to be sent, on disk: one database for each person at each host, so that nothing goes out under another name. The bytes of
// files stand beside the messages they go with: they are copied at each writing, and a message is written often.

/** @import {CustodyStore, Kept} from '../../../types' */

const ENTRIES = 'outbox'
const BYTES = 'bytes'

/**
 * @param {string} instance
 * @param {number} me
 * @param {string} [what] files on their way have a database of their own
 * @returns {CustodyStore}
 */
export function idbStore(instance, me, what = '') {
  const name = `duologue-${instance}-${me}${what}`
  /** Browsers close it by themselves, e.g. when a phone runs out of room; then it is opened anew. @type {Promise<IDBDatabase> | null} */
  let db = null

  function open() {
    if (db) return db
    /** @type {Promise<IDBDatabase>} */
    const opening = new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 2)
      request.onupgradeneeded = (e) => {
        if (!e.oldVersion) request.result.createObjectStore(ENTRIES, { keyPath: 'cid' })
        request.result.createObjectStore(BYTES)
      }
      request.onsuccess = () => {
        request.result.onclose = forget
        request.result.onversionchange = () => {
          request.result.close()
          forget()
        }
        resolve(request.result)
      }
      request.onerror = () => reject(request.error)
    })
    const forget = () => { if (db === opening) db = null }
    opening.catch(forget)
    db = opening
    return db
  }

  /**
   * One transaction; resolves when it is complete.
   * @template T
   * @param {string[]} names what it works on; others needn't wait for it
   * @param {IDBTransactionMode} mode
   * @param {(tx: IDBTransaction, give: (value: T) => void) => void} work
   * @param {boolean} [again] once more, for some browsers say only then that they have closed it
   * @returns {Promise<T>}
   */
  async function run(names, mode, work, again = true) {
    const used = open()
    const at = await used
    /** @type {IDBTransaction} */
    let tx
    try {
      tx = at.transaction(names, mode, { durability: 'relaxed' })
    } catch (e) {
      if (!again || /** @type {any} */ (e).name !== 'InvalidStateError') throw e
      if (db === used) db = null
      return run(names, mode, work, false)
    }
    return new Promise((resolve, reject) => {
      /** @type {any} */
      let result
      tx.oncomplete = () => resolve(result)
      tx.onerror = tx.onabort = () => reject(tx.error)
      work(tx, (value) => { result = value })
    })
  }

  /**
   * A change that is complete as soon as it was asked for, also when the page is left in the next moment.
   * @param {string[]} names
   * @param {(tx: IDBTransaction) => void} work
   * @returns {Promise<void>}
   */
  const change = (names, work) => run(names, 'readwrite', (tx) => {
    work(tx)
    tx.commit?.()
  })

  return {
    all: () => run([ENTRIES], 'readonly', (tx, give) => {
      const request = tx.objectStore(ENTRIES).getAll()
      request.onsuccess = () => give(/** @type {Kept[]} */ (request.result))
    }),
    put: (entry) => change([ENTRIES], (tx) => tx.objectStore(ENTRIES).put(entry)),
    update: (entry) => run([ENTRIES], 'readwrite', (tx, give) => {
      const entries = tx.objectStore(ENTRIES)
      const request = entries.get(entry.cid)
      request.onsuccess = () => {
        const mine = !request.result || request.result.tab === entry.tab
        if (mine) entries.put(entry)
        give(mine)
      }
    }),
    putBytes: (cid, blobs) => change([BYTES], (tx) => tx.objectStore(BYTES).put(blobs, cid)),
    bytes: (cid) => run([BYTES], 'readonly', (tx, give) => {
      const request = tx.objectStore(BYTES).get(cid)
      request.onsuccess = () => give(/** @type {(Blob | undefined)[]} */ (request.result ?? []))
    }),
    remove: (cid) => change([ENTRIES, BYTES], (tx) => {
      tx.objectStore(ENTRIES).delete(cid)
      tx.objectStore(BYTES).delete(cid)
    }),
    takeBack: (entry) => run([ENTRIES], 'readwrite', (tx, give) => {
      const entries = tx.objectStore(ENTRIES)
      const request = entries.getKey(entry.cid)
      request.onsuccess = () => {
        if (request.result !== undefined) entries.put(entry)
        give(request.result !== undefined)
      }
    }),
    claim: (from, to) => run([ENTRIES], 'readwrite', (tx, give) => {
      const entries = tx.objectStore(ENTRIES)
      const request = entries.getAll()
      request.onsuccess = () => {
        const moved = /** @type {Kept[]} */ (request.result).filter((e) => e.tab === from).map((e) => ({ ...e, tab: to }))
        moved.forEach((e) => entries.put(e))
        give(moved)
      }
    }),
    clear: () => change([ENTRIES, BYTES], (tx) => {
      tx.objectStore(ENTRIES).clear()
      tx.objectStore(BYTES).clear()
    }),
  }
}
