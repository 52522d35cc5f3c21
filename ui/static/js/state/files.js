// Files that go with messages: chosen and looked at, then uploaded. Such a message stands at the end of the chat at once; it goes out
// when all of its files are whole. What is written meanwhile doesn't wait for it.

/** @import {Message, Uploading} from '../../../types' */
/** @import {Base} from './app.js' */
/** @import {Custody} from '../proto/custody.js' */
/** @import {Uploads} from '../proto/uploads.js' */
import { batch, effect, signal, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { newCid } from '../proto/cid.js'
import { named } from '../proto/window.js'
import { createUploads } from '../proto/uploads.js'
import { t } from '../words/index.js'
import { createChosen, MOST } from './chosen.js'
import { hostNow } from './hostclock.js'
import { tooLong } from '../text/messagelength.js'
import { createPreviews } from './previews.js'
import { showToast } from './toast.js'
import { setIn } from './signals.js'

/** @param {Base} app @param {{live: import('./live.js').Live, drafts: import('./drafts.js').Drafts, pages: import('./pages.js').Pages}} parts */
export function createFiles(app, { live, drafts, pages }) {
  const { env } = app
  const going = signal(/** @type {readonly Uploading[]} */ ([]))
  const previews = createPreviews(app)
  const chosen = createChosen(previews)
  /** @type {Uploads | null} */
  let uploads = null

  /** @param {Custody | null} custody of whoever is signed in, null for nobody */
  function changed(custody) {
    uploads?.end()
    chosen.clear()
    previews.clear()
    uploads = custody && createUploads({
      custody, fetch: env.fetch, clock: env.clock, random: env.random, look: previews.look, forget: previews.forget, whole,
      onChange: (entries) => { going.value = entries },
    })
  }
  live.onCustody(changed)

  /** It stands in one place all the time. @param {Uploading} e @param {() => void} leave */
  const whole = ({ parts, cid, to, content, date, reply, quote }, leave) => batch(async () => {
    const box = live.outbox()
    if (!box) return false
    leave()
    return box.give({ cid, to, content, date, reply, quote, files: parts.map((p) => p.id), parts: previews.handOver({ cid, parts }) })
  })

  /** @param {Message} m */
  function came(m) {
    const e = uploads?.came(m)
    if (e) drafts.acked(e.to, m)
  }
  live.onMine(came)
  // Who missed too much gets no events, but the chat anew.
  effect(() => {
    for (const e of going.value) {
      const m = named(app.windows.value.get(e.to), e.cid, app.person.value)
      if (m) untracked(() => came(m))
    }
  })

  return {
    chosen: chosen.chosen,
    leaveOut: chosen.leaveOut,
    asFiles: chosen.asFiles,
    /** messages whose files aren't whole */
    going,
    url: previews.url,
    /** Bytes a second of a message's files, 0 while that isn't known. @param {Uploading} e */
    speed: (e) => uploads?.speed(e) ?? 0,

    /** To be looked at before they are sent. @param {number} who @param {Iterable<File>} files */
    async choose(who, files) {
      if (!await chosen.choose(who, files)) showToast(app, t('files.most', { n: MOST }))
    },

    /** @param {number} who @param {string} text @returns {boolean} whether there was something chosen */
    send(who, text) {
      const parts = chosen.chosen.peek().get(who)
      const content = text.trim()
      if (!parts || !uploads || tooLong(content)) return false
      const up = uploads
      const quote = app.replies.peek().get(who)
      const cid = newCid()
      batch(() => {
        const kept = up.add({ cid, to: who, content, date: hostNow(app), parts, ...(quote ? { reply: quote.seq, quote } : {}) })
        chosen.sent(who)
        setIn(app.replies, who, undefined)
        if (text) drafts.sent(who, { cid, kept, sound: live.sound() })
      })
      app.line.value = null
      app.toEnd.value = true
      pages.toEnd(who, 'log.below')
      return true
    },

    /** @param {string} cid */
    pause: (cid) => uploads?.pause(cid),
    /** @param {string} cid */
    go: (cid) => uploads?.go(cid),
    /** Its text stands in the composer again, before what stands there, with what it answered. @param {string} cid */
    cancel(cid) {
      const e = uploads?.cancel(cid)
      if (!e) return
      const here = drafts.text(e.to)
      if (e.content) drafts.type(e.to, here ? `${e.content}\n${here}` : e.content)
      if (e.quote && !app.replies.peek().has(e.to)) setIn(app.replies, e.to, e.quote)
    },
    /** The same files once more, where the browser could not keep them. @param {string} cid @param {Iterable<File>} files */
    async again(cid, files) {
      for (const name of await uploads?.again(cid, files) ?? []) showToast(app, t('files.other', { name }))
    },
    /** None of it is wanted any more. */
    discard: () => uploads?.discard(),
  }
}

/** @typedef {ReturnType<typeof createFiles>} Files */
