// What the list shows as the last that was said in a chat.

/** @import {App, Chat, Message} from '../../../types' */
import { held } from '../proto/messagerange.js'
import { writtenAt } from './pending.js'

/**
 * Reads signals. Not what I am just removing: then what stands before it, as far as this page has it.
 * @param {Pick<App, 'hidden' | 'windows'>} app @param {Chat} chat @returns {Message | null}
 */
export function lastOf(app, chat) {
  const last = chat.last ?? null
  const hidden = app.hidden.value.get(chat.who)
  if (!last || !hidden?.has(last.seq)) return last
  const w = app.windows.value.get(chat.who)
  if (w?.state !== 'ready' || w.range.later) return null
  return held(w.range).findLast((m) => !hidden.has(m.seq)) ?? null
}

/**
 * Reads signals. When it was said, or when I wrote what the host doesn't have yet, in ms.
 * @param {App} app @param {Chat} chat @param {ReadonlyMap<number, number>} [written]
 */
export const lastAt = (app, chat, written = writtenAt(app)) => Math.max(lastOf(app, chat)?.date ?? chat.date, written.get(chat.who) ?? 0)
