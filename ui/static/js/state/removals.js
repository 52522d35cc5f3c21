// Removing my own copies of messages, with a few seconds to think better of it. Until then they are only hidden here; when the
// chat or the page is left, it is done at once. What the host never took is gone at once, and comes back in these seconds.

/** @import {Outgoing} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
import { untracked } from '../../vendor/signals-core/signals-core.mjs'
import { showError } from './toast.js'
import { setIn } from './signals.js'

const REGRET = 6_500

/** @param {SessionState} session @param {{account: Pick<import('./account.js').Account, 'outbox'>, draft: import('./drafts.js').Drafts}} parts */
export function createRemovals(session, { account, draft }) {
  /** @type {any} */
  let timer = null

  /** @param {number} who @param {Iterable<number>} seqs @param {boolean} away */
  function hide(who, seqs, away) {
    const set = new Set(session.hidden.peek().get(who))
    for (const seq of seqs) away ? set.add(seq) : set.delete(seq)
    setIn(session.hidden, who, set)
  }

  /** @param {boolean} [leaving] the page may go before the answers come */
  async function carryOut(leaving = false) {
    const what = session.removing.peek()
    session.env.clock.clear(timer)
    session.removing.value = null
    if (!what) return
    const done = await Promise.allSettled(what.seqs.map((seq) => session.api.removeMessage(what.who, seq, leaving)))
    const failed = what.seqs.filter((_, i) => done[i].status === 'rejected')
    if (!failed.length) return
    hide(what.who, failed, false)
    const first = /** @type {PromiseRejectedResult} */ (done.find((d) => d.status === 'rejected'))
    showError(session, first.reason.code)
  }

  /** @param {{who: number, seqs: number[], entry?: Outgoing}} what */
  function offer(what) {
    session.removing.value = what
    timer = session.env.clock.set(() => carryOut(), REGRET)
  }

  session.effect(() => {
    const route = session.route.value
    if (route.name !== 'chat' || route.who !== session.removing.peek()?.who) untracked(() => { carryOut() })
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
      if (!account.outbox.withdraw(e.cid)) return
      if (!e.files && !session.editing.peek().has(e.to) && !draft.text(e.to)) {
        draft.type(e.to, e.content)
        if (e.quote) setIn(session.replies, e.to, e.quote)
        return
      }
      carryOut()
      offer({ who: e.to, seqs: [], entry: e })
    },
    undo() {
      const what = session.removing.peek()
      session.env.clock.clear(timer)
      session.removing.value = null
      if (what?.entry) account.outbox.restore(what.entry)
      else if (what) hide(what.who, what.seqs, false)
    },
    /** Now, for the page may go. */
    flush: () => carryOut(true),
  }
}

/** @typedef {ReturnType<typeof createRemovals>} Removals */
