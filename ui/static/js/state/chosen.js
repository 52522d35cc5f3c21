// Files that are to be looked at before they are sent, one choice per chat.

/** @import {Part} from '../../../types' */
import { signal } from '../../vendor/signals-core/signals-core.mjs'
import { kindOf } from '../text/filename.js'
import { setIn } from './signals.js'

/** Of one message, as the host has it. */
export const MOST = 30

/** @param {import('./previews.js').Previews} previews */
export function createChosen(previews) {
  const chosen = signal(/** @type {ReadonlyMap<number, readonly Part[]>} */ (new Map()))
  let ended = false

  return {
    chosen,
    /** @param {number} who @param {Iterable<File>} files @returns {Promise<boolean>} whether they were not too many */
    async choose(who, files) {
      const parts = await Promise.all([...files].map(async (f) => /** @type {Part} */ ({
        name: f.name, size: f.size, type: f.type, as: kindOf(f.type) === 'picture' ? 'picture' : 'file', ...await previews.look(f, f.type), blob: f, id: '', at: 0, done: false,
      })))
      if (ended) {
        previews.forget(parts)
        return true
      }
      const all = [...chosen.peek().get(who) ?? [], ...parts]
      previews.forget(all.slice(MOST))
      if (all.length) setIn(chosen, who, all.slice(0, MOST))
      return all.length <= MOST
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
    /** They are on their way. @param {number} who */
    sent: (who) => setIn(chosen, who, undefined),
    /** Nobody sends them any more. */
    end() {
      ended = true
      previews.forget([...chosen.peek().values()].flat())
      chosen.value = new Map()
    },
  }
}
