// Removing my own copies of messages, with a few seconds to think better of it. Until then they are only hidden here; when the
// chat or the page is left, it is done at once. What the host never took is gone at once, and comes back in these seconds.

/** @import {Outgoing} from '../../../types' */
/** @import {Base} from './app.js' */
import { effect, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { t } from '../words/index.js'
import { errorWords } from './actions.js'
import { showToast } from './toast.js'
import { setIn } from './signals.js'

const REGRET = 6_500

/** @param {Base} app @param {{live: import('./live.js').Live, drafts: import('./drafts.js').Drafts}} parts */
export function createRemovals(app, { live, drafts }) {
  /** @type {any} */
  let timer = null

  /** @param {number} who @param {Iterable<number>} seqs @param {boolean} away */
  function hide(who, seqs, away) {
    const set = new Set(app.hidden.peek().get(who))
    for (const seq of seqs) away ? set.add(seq) : set.delete(seq)
    setIn(app.hidden, who, set)
  }

  /** @param {boolean} [leaving] the page may go before the answers come */
  async function carryOut(leaving = false) {
    const what = app.removing.peek()
    app.env.clock.clear(timer)
    app.removing.value = null
    if (!what) return
    const done = await Promise.allSettled(what.seqs.map((seq) => app.api.removeMessage(what.who, seq, leaving)))
    const failed = what.seqs.filter((_, i) => done[i].status === 'rejected')
    if (!failed.length) return
    hide(what.who, failed, false)
    const first = /** @type {PromiseRejectedResult} */ (done.find((d) => d.status === 'rejected'))
    showToast(app, t('error', { what: errorWords(first.reason.code) }))
  }

  /** @param {{who: number, seqs: number[], entry?: Outgoing}} what */
  function offer(what) {
    app.removing.value = what
    timer = app.env.clock.set(() => carryOut(), REGRET)
  }

  effect(() => {
    const route = app.route.value
    if (route.name !== 'chat' || route.who !== app.removing.peek()?.who) untracked(() => { carryOut() })
  })

  return {
    /** @param {number} who @param {number[]} seqs */
    remove(who, seqs) {
      carryOut()
      hide(who, seqs, true)
      offer({ who, seqs })
    },
    /** What the host doesn't have: its text stands in the composer again, unless something else does, or files went with it. @param {Outgoing} e */
    withdraw(e) {
      if (!live.outbox()?.withdraw(e.cid)) return
      if (!e.files && !app.editing.peek().has(e.to) && !drafts.text(e.to)) {
        drafts.type(e.to, e.content)
        if (e.quote) setIn(app.replies, e.to, e.quote)
        return
      }
      carryOut()
      offer({ who: e.to, seqs: [], entry: e })
    },
    undo() {
      const what = app.removing.peek()
      app.env.clock.clear(timer)
      app.removing.value = null
      if (what?.entry) live.outbox()?.restore(what.entry)
      else if (what) hide(what.who, what.seqs, false)
    },
    /** Now, for the page may go. */
    flush: () => carryOut(true),
  }
}

/** @typedef {ReturnType<typeof createRemovals>} Removals */
