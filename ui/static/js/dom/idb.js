// What waits to be sent, on disk: one database for each person at each host, so that nothing goes out under another name.

/** @import {Entry, OutboxStore} from '../../../types' */

const STORE = 'outbox'

/**
 * @param {string} instance
 * @param {number} me
 * @param {string} [what] files on their way have a database of their own
 * @returns {OutboxStore}
 */
export function idbStore(instance, me, what = '') {
  const name = `duologue-${instance}-${me}${what}`
  /** @type {Promise<IDBDatabase> | null} */
  let db = null

  function open() {
    db ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'cid' })
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close()
        resolve(request.result)
      }
      request.onerror = () => reject(request.error)
    })
    return db
  }

  /**
   * One transaction; resolves when it is complete.
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore, give: (value: T) => void) => void} work
   * @returns {Promise<T>}
   */
  async function run(mode, work) {
    const tx = (await open()).transaction(STORE, mode, { durability: 'relaxed' })
    return new Promise((resolve, reject) => {
      /** @type {any} */
      let result
      tx.oncomplete = () => resolve(result)
      tx.onerror = tx.onabort = () => reject(tx.error)
      work(tx.objectStore(STORE), (value) => { result = value })
    })
  }

  /**
   * A change that is complete as soon as it was asked for, also when the page is left in the next moment.
   * @param {(store: IDBObjectStore) => void} work
   * @returns {Promise<void>}
   */
  const change = (work) => run('readwrite', (store) => {
    work(store)
    store.transaction.commit?.()
  })

  return {
    all: () => run('readonly', (store, give) => {
      const request = store.getAll()
      request.onsuccess = () => give(/** @type {Entry[]} */ (request.result))
    }),
    put: (entry) => change((store) => store.put(entry)),
    remove: (cid) => change((store) => store.delete(cid)),
    claim: (from, to) => run('readwrite', (store, give) => {
      const request = store.getAll()
      request.onsuccess = () => {
        const moved = /** @type {Entry[]} */ (request.result).filter((e) => e.tab === from).map((e) => ({ ...e, tab: to }))
        moved.forEach((e) => store.put(e))
        give(moved)
      }
    }),
    clear: () => change((store) => store.clear()),
  }
}
