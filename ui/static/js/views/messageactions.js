// What can be done with one message, whichever way it was asked for, and until when.

/** @import {Session, Message, Outgoing} from '../../../types' */
import { EDIT_FOR } from '../state/actions.js'
import { t } from '../words/index.js'
import { copyAndSay } from './copyrow.js'
import { mayWrite, nameOf } from './people.js'

/** @param {Session} session @param {Message} m */
const age = (session, m) => m.user === session.data.peek().me.id && !m.recalled ? session.actions.now() - m.date : Infinity

/** @param {Session} session @param {number} who @param {Message} m */
export const mayReply = (session, who, m) => !m.recalled && mayWrite(session, who)
/** @param {Session} session @param {number} who @param {Message} m */
export const mayEdit = (session, who, m) => mayWrite(session, who) && age(session, m) < EDIT_FOR
/** @param {Session} session @param {number} who @param {Message} m */
export const mayRecall = (session, who, m) => who !== session.data.peek().me.id && age(session, m) < (session.host.value?.recall ?? 0)

const toBox = () => document.getElementById('box')?.focus()

/** @param {Session} session @param {number} who @param {Message} m */
export function replyTo(session, who, m) {
  session.actions.reply(who, m)
  toBox()
}

/** @param {Session} session @param {number} who @param {Message} m */
export function edit(session, who, m) {
  session.actions.beginEdit(who, m)
  toBox()
}

/** @param {Session} session @param {Message} m */
export const copyText = (session, m) => copyAndSay(session, m.content)

/** @param {Session} session @param {number} who @param {Message} m */
export function recall(session, who, m) {
  session.confirm.value = {
    title: t('sure.recall'), text: t('sure.recall.text', { name: nameOf(session, who) }), action: t('sure.recall.go'), danger: true,
    run: async () => { await session.actions.recall(who, m) },
  }
}

/** From my side. The focus goes on to what stands beside it. @param {Session} session @param {number} who @param {Message} m */
export function remove(session, who, m) {
  const here = document.activeElement?.closest('.m')
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#log .m')])
  const at = all.findIndex((x) => x === here)
  if (at >= 0) (all[at + 1] ?? all[at - 1])?.focus({ preventScroll: true })
  session.removals.remove(who, [m.seq])
}

/** What the host never took. @param {Session} session @param {Outgoing} e */
export function withdraw(session, e) {
  session.removals.withdraw(e)
  if (!session.removing.peek()) toBox()
}

/** Whether I took it back here, and it had words. @param {Session} session @param {number} who @param {Message} m */
export const mayWriteAgain = (session, who, m) => mayWrite(session, who) && !!session.retaken.value.get(`${who}/${m.seq}`)?.content.trim()

/** What I took back stands in the composer again, with what it answered. @param {Session} session @param {number} who @param {Message} m */
export function writeAgain(session, who, m) {
  if (session.actions.writeAgain(who, m.seq)) toBox()
}
