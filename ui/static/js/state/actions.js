// What a person can do, beyond looking: open a chat, write, edit, take back, delete, leave.

/** @import {Message, Quote, Route} from '../../../types' */
/** @import {Base} from './app.js' */
import { t } from '../words/index.js'
import { hostNow } from './hostclock.js'
import { tooLong } from '../text/messagelength.js'
import { showToast } from './toast.js'
import { setIn } from './signals.js'

/** How long the host lets me change what I sent, ms. */
export const EDIT_FOR = 15 * 60_000

/**
 * @param {Base} app
 * @param {{files: import('./files.js').Files, live: import('./live.js').Live, drafts: import('./drafts.js').Drafts, pages: import('./pages.js').Pages,
 *   router: import('./router.js').Router, typing: import('./typing.js').Typing}} parts
 */
export function createActions(app, { files, live, drafts, pages, router, typing }) {
  const { api } = app

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
      if (words) showToast(app, t(words))
      else fail(code)
      return undefined
    }
  }
  /** @param {string} code why something did not work */
  const fail = (code) => showToast(app, t('error', { what: errorWords(code) }))

  const actions = {
    tell,
    fail,

    /** @param {string} text */
    toast(text) {
      showToast(app, text)
    },

    /** A place is on screen now, by whichever way: what it needs is asked for. A chat is made on first use. @param {Route} route */
    async entered({ name, who }) {
      app.selected.value = null
      if (name === 'chat') {
        if (!app.data.peek()?.chats.has(who) && !await tell(api.openChat(who)) && !app.data.peek()?.people.has(who)) router.back()
      }
      if (name === 'invite') await actions.loadInvite()
      if (name === 'settings') await actions.loadDevices()
    },

    /** The network may have changed since the last time. */
    async loadInvite() {
      app.invited.value = await tell(api.invite()) ?? app.invited.peek()
    },

    async loadDevices() {
      app.devices.value = (await tell(api.sessions()))?.sessions ?? null
    },

    /** @param {number} who @param {string} text @returns {boolean} whether it was taken */
    send(who, text) {
      const content = text.trim()
      const box = live.outbox()
      if (!content || !box || tooLong(content)) return false
      drafts.sent(who, { sound: live.sound(), ...box.add(who, content, app.replies.peek().get(who)) })
      setIn(app.replies, who, undefined)
      typing.done()
      app.line.value = null
      this.newest(who, 'log.below')
      return true
    },

    /** What my next message answers. @param {number} who @param {Message | null} m */
    reply(who, m) {
      // As the host quotes: what has only files is known by the first one's name.
      actions.answer(who, m ? { seq: m.seq, user: m.user, content: m.content.trim() ? m.content : m.files?.[0]?.name ?? '' } : undefined)
    },
    /** @param {number} who @param {Quote} [quote] */
    answer(who, quote) {
      if (quote) setIn(app.editing, who, undefined)
      setIn(app.replies, who, quote)
    },

    /** To the end of the chat, whatever part of it is on screen. @param {number} who @param {import('../words/index.js').Key} [failed] */
    newest(who, failed) {
      app.toEnd.value = true
      pages.toEnd(who, failed)
    },

    /** @param {number} who @param {Message} message @param {string} text */
    async edit(who, message, text) {
      const content = text.trim()
      if (!content || tooLong(content)) return
      setIn(app.editing, who, undefined)
      if (content === message.content || await tell(api.edit(who, message.seq, content), { invalid: 'late.edit' })) return
      if (app.data.peek() && !app.editing.peek().has(who)) setIn(app.editing, who, { message, text })
    },

    /** @param {number} who @param {Message} message */
    async recall(who, message) {
      if (await tell(api.recall(who, message.seq), { invalid: 'late.recall' })) setIn(app.retaken, `${who}/${message.seq}`, message)
    },

    /** @param {number} who */
    async deleteChat(who) {
      if (await tell(api.deleteChat(who)) === null && app.route.peek().who === who) router.back()
    },

    /** How many messages would be lost with this browser: all that it keeps, whichever tab wrote them. */
    unsent: () => live.unsent(),

    async signOut() {
      const forget = drafts.forgetter()
      // That the host will end the session is no news then.
      live.hush()
      if (await tell(api.signout()) !== null) return live.resume()
      files.discard()
      await live.discard()
      forget()
      app.env.history.replaceState(null, '', '#/')
      live.leave()
    },

    /** The host's clock. */
    now: () => hostNow(app),
  }
  return actions
}

/** @param {string} code an error's code in words @returns {string} */
export function errorWords(code) {
  switch (code) {
    case 'offline': return t('error.offline')
    case 'rate': return t('error.rate')
    case 'storage_full': return t('error.full')
    case 'unavailable': return t('error.unavailable')
    case 'gone': return t('error.gone')
    case 'too_big': return t('error.tooBig')
    case 'conflict': return t('error.conflict')
    case 'forbidden': return t('error.forbidden')
    case 'not_found': return t('error.notFound')
    case 'unauthorized': return t('error.unauthorized')
    case 'invalid': return t('error.invalid')
    default: return t('error.internal')
  }
}

/** @typedef {ReturnType<typeof createActions>} Actions */
