// Names for messages: 128 random bits. crypto.randomUUID is missing on plain http, getRandomValues isn't.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

/** 22 characters of [0-9A-Za-z_-]. */
export function newCid() {
  const bytes = crypto.getRandomValues(new Uint8Array(22))
  return Array.from(bytes, (b) => DIGITS[b & 63]).join('')
}
