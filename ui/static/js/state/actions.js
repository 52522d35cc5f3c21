// What a person can do in a chat, beyond looking: open it, write, answer, edit, take back, hand on, delete; and leave.

/** @import {File, Message, Quote, Route} from '../../../types' */
/** @import {Account} from './account.js' */
/** @import {SessionState} from './sessionstate.js' */
import { newCid } from '../proto/cid.js'
import { tooLong } from '../text/messagelength.js'
import { t } from '../words/index.js'
import { hostNow } from './hostclock.js'
import { setIn } from './signals.js'
import { showError, showToast } from './toast.js'

/** How long the host lets me change what I sent, ms. */
export const EDIT_FOR = 15 * 60_000

/**
 * @param {SessionState} session
 * @param {{account: Account, draft: import('./drafts.js').Drafts, files: import('./files.js').Files, pages: import('./pages.js').Pages, router: import('./router.js').Router,
 *   typed: import('./typing.js').Typing}} parts
 */
export function createActions(session, { account, draft, files, pages, router, typed }) {
  const { api } = session

  /**
   * A call whose failure is said in a line at the bottom.
   * @template T
   * @param {Promise<T>} call
   * @param {Partial<Record<string, import('../words/index.js').Key>>} [own] words for some codes
   * @returns {Promise<T | undefined>}
   */
  async function tell(call, own = {}) {
    try {
      return await call
    } catch (e) {
      const { code } = /** @type {any} */ (e)
      const words = own[code]
      if (words) showToast(session, t(words))
      else showError(session, code)
      return undefined
    }
  }

  /** @param {number} who @param {string} text @returns {boolean} whether it was taken */
  function sendText(who, text) {
    const content = text.trim()
    if (!content || tooLong(content)) return false
    draft.sent(who, { sound: account.sound(), ...account.outbox.add(who, content, session.replies.peek().get(who)) })
    setIn(session.replies, who, undefined)
    typed.done()
    session.line.value = null
    actions.newest(who, 'log.below')
    return true
  }

  const actions = {
    tell,

    /** A place is on screen now, by whichever way: what it needs is asked for. A chat is made on first use. @param {Route} route */
    async entered({ name, who }) {
      session.selected.value = null
      if (name !== 'chat' || session.data.peek().chats.has(who)) return
      if (!await tell(api.openChat(who)) && !session.data.peek().people.has(who)) router.back()
    },

    /** What stands in the composer, with the files that are chosen. @param {number} who @returns {boolean} whether it was taken */
    send(who) {
      const text = draft.text(who)
      return files.send(who, text) || sendText(who, text)
    },

    /** What was written in the composer goes on to say. @param {number} who @param {string} text */
    type(who, text) {
      const editing = session.editing.peek().get(who)
      if (editing) return setIn(session.editing, who, { ...editing, text })
      draft.type(who, text)
      typed.typed(who, text)
    },

    /** Once more, behind everything else: what the host refused. @param {string} cid */
    retry: (cid) => account.outbox.retry(cid),

    /** To somebody else, with its files: the host has them already. @param {number} who @param {Message} m @param {readonly File[]} kept those whose bytes are there */
    forward(who, m, kept) {
      account.outbox.give({
        cid: newCid(), to: who, content: m.content, date: hostNow(session),
        ...(kept.length ? { files: kept.map((f) => f.id), parts: kept.map((f) => ({ name: f.name, size: f.size, type: f.type, as: /** @type {const} */ ('file'), width: 0, height: 0, id: f.id, at: f.size, done: true })) } : {}),
      })
    },

    /** What my next message answers. @param {number} who @param {Message | null} m */
    reply(who, m) {
      // As the host quotes: what has only files is known by the first one's name.
      actions.answer(who, m ? { seq: m.seq, user: m.user, content: m.content.trim() ? m.content : m.files?.[0]?.name ?? '' } : undefined)
    },
    /** @param {number} who @param {Quote} [quote] */
    answer(who, quote) {
      if (quote) setIn(session.editing, who, undefined)
      setIn(session.replies, who, quote)
    },

    /** To the end of the chat, whatever part of it is on screen. @param {number} who @param {import('../words/index.js').Key} [failed] */
    newest(who, failed) {
      session.toEnd.value = true
      pages.toEnd(who, failed)
    },

    /** One of my messages stands in the composer, to be changed. @param {number} who @param {Message} message */
    beginEdit: (who, message) => setIn(session.editing, who, { message, text: message.content }),
    /** @param {number} who */
    endEdit: (who) => setIn(session.editing, who, undefined),
    /** What it is changed to. @param {number} who */
    async edit(who) {
      const editing = session.editing.peek().get(who)
      const content = editing?.text.trim()
      if (!editing || !content || tooLong(content)) return
      const { message } = editing
      setIn(session.editing, who, undefined)
      if (content === message.content || await tell(api.edit(who, message.seq, content), { invalid: 'late.edit' })) return
      if (!session.editing.peek().has(who)) setIn(session.editing, who, editing)
    },

    /** @param {number} who @param {Message} message */
    async recall(who, message) {
      if (await tell(api.recall(who, message.seq), { invalid: 'late.recall' })) setIn(session.retaken, `${who}/${message.seq}`, message)
    },

    /** What I took back stands in the composer again, with what it answered. @param {number} who @param {number} seq @returns {boolean} whether it is known here */
    writeAgain(who, seq) {
      const key = `${who}/${seq}`
      const old = session.retaken.peek().get(key)
      if (!old) return false
      setIn(session.retaken, key, undefined)
      setIn(session.editing, who, undefined)
      const here = draft.text(who)
      draft.type(who, here ? `${here}\n${old.content}` : old.content)
      if (old.reply) actions.answer(who, old.reply)
      return true
    },

    /** @param {number} who */
    async deleteChat(who) {
      if (await tell(api.deleteChat(who)) === null && session.route.peek().who === who) router.back()
    },

    /** How many messages would be lost with this browser: all that it keeps, whichever tab wrote them. */
    unsent: () => account.unsent(),

    async signOut() {
      // That the host will end the session is no news then.
      account.hush()
      if (await tell(api.signout()) !== null) return account.resume()
      await account.discard()
      draft.forget()
      session.env.history.replaceState(null, '', '#/')
      account.leave()
    },

    /** The host's clock. */
    now: () => hostNow(session),
  }
  return actions
}

/** @typedef {ReturnType<typeof createActions>} Actions */
