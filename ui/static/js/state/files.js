// Files that go with messages: chosen and looked at, then uploaded. Such a message stands at the end of the chat at once; it goes out
// when all of its files are whole. What is written meanwhile doesn't wait for it.

/** @import {Uploading} from '../../../types' */
/** @import {Account} from './account.js' */
/** @import {SessionState} from './sessionstate.js' */
import { batch } from '../../vendor/signals-core/signals-core.mjs'
import { newCid } from '../proto/cid.js'
import { tooLong } from '../text/messagelength.js'
import { t } from '../words/index.js'
import { MOST, createChosen } from './chosen.js'
import { hostNow } from './hostclock.js'
import { setIn } from './signals.js'
import { showToast } from './toast.js'

/** @param {SessionState} session @param {{account: Pick<Account, 'uploads' | 'previews' | 'going' | 'sound'>, draft: import('./drafts.js').Drafts, pages: Pick<import('./pages.js').Pages, 'toEnd'>}} parts */
export function createFiles(session, { account, draft, pages }) {
  const { uploads, previews, going } = account
  const chosen = createChosen(previews)
  session.onEnd(chosen.end)

  return {
    chosen: chosen.chosen,
    leaveOut: chosen.leaveOut,
    asFiles: chosen.asFiles,
    /** messages whose files aren't whole */
    going,
    url: previews.url,
    /** Bytes a second of a message's files, 0 while that isn't known. @param {Uploading} e */
    speed: (e) => uploads.speed(e),

    /** To be looked at before they are sent. @param {number} who @param {Iterable<File>} files */
    async choose(who, files) {
      if (!await chosen.choose(who, files)) showToast(session, t('files.most', { n: MOST }))
    },

    /** @param {number} who @param {string} text @returns {boolean} whether there was something chosen */
    send(who, text) {
      const parts = chosen.chosen.peek().get(who)
      const content = text.trim()
      if (!parts || tooLong(content)) return false
      const quote = session.replies.peek().get(who)
      const cid = newCid()
      batch(() => {
        const kept = uploads.add({ cid, to: who, content, date: hostNow(session), parts, ...(quote ? { reply: quote.seq, quote } : {}) })
        chosen.sent(who)
        setIn(session.replies, who, undefined)
        if (text) draft.sent(who, { cid, kept, sound: account.sound() })
      })
      session.line.value = null
      session.toEnd.value = true
      pages.toEnd(who, 'log.below')
      return true
    },

    /** @param {string} cid */
    pause: (cid) => uploads.pause(cid),
    /** @param {string} cid */
    go: (cid) => uploads.go(cid),
    /** Its text stands in the composer again, before what stands there, with what it answered. @param {string} cid */
    cancel(cid) {
      const e = uploads.cancel(cid)
      if (!e) return
      const here = draft.text(e.to)
      if (e.content) draft.type(e.to, here ? `${e.content}\n${here}` : e.content)
      if (e.quote && !session.replies.peek().has(e.to)) setIn(session.replies, e.to, e.quote)
    },
    /** The same files once more, where the browser could not keep them. @param {string} cid @param {Iterable<File>} files */
    async again(cid, files) {
      for (const name of await uploads.again(cid, files)) showToast(session, t('files.other', { name }))
    },
  }
}

/** @typedef {ReturnType<typeof createFiles>} Files */
