// What can be done with one message, whichever way it was asked for, and until when.

/** @import {App, Message, Outgoing} from '../../../types' */
import { EDIT_FOR } from '../state/actions.js'
import { setIn } from '../state/signals.js'
import { t } from '../words/index.js'
import { copyAndSay } from './copyrow.js'
import { mayWrite, nameOf } from './people.js'

/** @param {App} app @param {Message} m */
const age = (app, m) => m.user === app.data.peek()?.me.id && !m.recalled ? app.actions.now() - m.date : Infinity

/** @param {App} app @param {number} who @param {Message} m */
export const mayReply = (app, who, m) => !m.recalled && mayWrite(app, who)
/** @param {App} app @param {number} who @param {Message} m */
export const mayEdit = (app, who, m) => mayWrite(app, who) && age(app, m) < EDIT_FOR
/** @param {App} app @param {number} who @param {Message} m */
export const mayRecall = (app, who, m) => who !== app.data.peek()?.me.id && age(app, m) < (app.host.value?.recall ?? 0)

const toBox = () => document.getElementById('box')?.focus()

/** @param {App} app @param {number} who @param {Message} m */
export function replyTo(app, who, m) {
  app.actions.reply(who, m)
  toBox()
}

/** @param {App} app @param {number} who @param {Message} m */
export function edit(app, who, m) {
  setIn(app.editing, who, { message: m, text: m.content })
  toBox()
}

/** @param {App} app @param {Message} m */
export const copyText = (app, m) => copyAndSay(app, m.content)

/** @param {App} app @param {number} who @param {Message} m */
export function recall(app, who, m) {
  app.confirm.value = {
    title: t('sure.recall'), text: t('sure.recall.text', { name: nameOf(app, who) }), action: t('sure.recall.go'), danger: true,
    run: async () => { await app.actions.recall(who, m) },
  }
}

/** From my side. The focus goes on to what stands beside it. @param {App} app @param {number} who @param {Message} m */
export function remove(app, who, m) {
  const here = document.activeElement?.closest('.m')
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#log .m')])
  const at = all.findIndex((x) => x === here)
  if (at >= 0) (all[at + 1] ?? all[at - 1])?.focus({ preventScroll: true })
  app.removals.remove(who, [m.seq])
}

/** What the host never took. @param {App} app @param {Outgoing} e */
export function withdraw(app, e) {
  app.removals.withdraw(e)
  if (!app.removing.peek()) toBox()
}

/** Whether I took it back here, and it had words. @param {App} app @param {number} who @param {Message} m */
export const mayWriteAgain = (app, who, m) => mayWrite(app, who) && !!app.retaken.value.get(`${who}/${m.seq}`)?.content.trim()

/** What I took back stands in the composer again, with what it answered. @param {App} app @param {number} who @param {Message} m */
export function writeAgain(app, who, m) {
  const key = `${who}/${m.seq}`
  const old = app.retaken.peek().get(key)
  if (!old) return
  setIn(app.retaken, key, undefined)
  setIn(app.editing, who, undefined)
  const here = app.draft.text(who)
  app.draft.type(who, here ? `${here}\n${old.content}` : old.content)
  if (old.reply) app.actions.answer(who, old.reply)
  toBox()
}
