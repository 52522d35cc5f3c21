// What the list shows as the last that was said in a chat.

/** @import {Session, Chat, Message} from '../../../types' */
import { held } from '../proto/messagerange.js'
import { writtenAt } from './pending.js'

/**
 * Reads signals. Not what I am just removing: then what stands before it, as far as this page has it.
 * @param {Pick<Session, 'hidden' | 'windows'>} session @param {Chat} chat @returns {Message | null}
 */
export function lastOf(session, chat) {
  const last = chat.last ?? null
  const hidden = session.hidden.value.get(chat.who)
  if (!last || !hidden?.has(last.seq)) return last
  const w = session.windows.value.get(chat.who)
  if (w?.state !== 'ready' || w.range.later) return null
  return held(w.range).findLast((m) => !hidden.has(m.seq)) ?? null
}

/**
 * Reads signals. When it was said, or when I wrote what the host doesn't have yet, in ms.
 * @param {Session} session @param {Chat} chat @param {ReadonlyMap<number, number>} [written]
 */
export const lastAt = (session, chat, written = writtenAt(session)) => Math.max(lastOf(session, chat)?.date ?? chat.date, written.get(chat.who) ?? 0)
