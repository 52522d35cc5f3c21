// A message as it goes to the host.

/** @import {Frame, Outgoing} from '../../../types' */

/** The longest frame that the host takes, bytes; a longer one ends the socket. */
const LONGEST = 64 << 10

/** @param {Outgoing} e @returns {Frame} */
export function frameOf(e) {
  return { type: 'send', cid: e.cid, to: e.to, content: e.content, ...(e.reply ? { reply: e.reply } : {}), ...(e.files ? { files: e.files } : {}) }
}

/** Whether a socket can carry it. @param {Frame} frame */
export function fits(frame) {
  const text = JSON.stringify(frame)
  return text.length * 3 <= LONGEST || new TextEncoder().encode(text).length <= LONGEST
}

/** What stays the same, whatever becomes of an entry. @param {Outgoing} e */
export function bare(e) {
  const { cid, to, content, reply, quote, date, n, files, parts, tried } = e
  return { cid, to, content, date, n, ...(reply ? { reply } : {}), ...(quote ? { quote } : {}), ...(files ? { files } : {}), ...(parts ? { parts } : {}), ...(tried ? { tried } : {}) }
}
