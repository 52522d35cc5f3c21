// How long a message may be, and how much of that is left.

/** The longest message, in bytes of UTF-8. */
export const LONGEST = 32 * 1024
/** From here on somebody is told what is left. */
const SOON = 28 * 1024

const bytes = (/** @type {string} */ content) => new TextEncoder().encode(content).length

/** @param {string} content */
export const tooLong = (content) => content.length * 3 > LONGEST && bytes(content) > LONGEST

/** Bytes that may still be written, below 0 when there are too many, null while that is of no interest. @param {string} content */
export function bytesLeft(content) {
  if (content.length * 3 < SOON) return null
  const n = bytes(content)
  return n < SOON ? null : LONGEST - n
}
