// What I wrote and the host doesn't have yet: texts, and messages whose files are on their way.

/** @import {Session, Entry} from '../../../types' */

/** Reads signals. @param {Pick<Session, 'outbox' | 'files'>} session @returns {Entry[]} */
export const pendingEntries = (session) => [...session.outbox.value, ...session.files.going.value]

/** Whether its files aren't whole. @param {Entry} e @returns {e is import('../../../types').Uploading} */
export const isUploading = (e) => !!e.parts && !e.files

/** When the latest of them was written, by chat. @param {Pick<Session, 'outbox' | 'files'>} session */
export function writtenAt(session) {
  /** @type {Map<number, number>} */
  const at = new Map()
  for (const e of pendingEntries(session)) at.set(e.to, Math.max(at.get(e.to) ?? 0, e.date))
  return at
}
