// An address of a host as people hand it on: with or without http, with or without a port, with or without what follows it.

/** Where a host listens unless it was told otherwise. */
const PORT = '7272'

/**
 * @param {string} text what was typed or pasted
 * @returns {string | null} the address to open; null when it can't be one
 */
export function hostAddress(text) {
  const typed = text.trim()
  // A scheme of another kind; a port is a number.
  if (/^[a-z][a-z+.-]*:\D/i.test(typed) && !/^https?:/i.test(typed)) return null
  const whole = /^https?:/i.test(typed) ? typed : `http://${typed}`
  let url
  try {
    url = new URL(whole)
  } catch {
    return null
  }
  if (!url.hostname || url.username || url.password || /\s/.test(typed)) return null
  if (!url.port && url.protocol === 'http:' && !/:80(?!\d)/.test(typed)) url.port = PORT
  return `${url.protocol}//${url.host}/${url.hash || '#/join'}`
}

/** What of an address one types: no scheme, no path, no code. @param {string} url */
export const typable = (url) => url.replace(/^https?:\/\//, '').replace(/\/(#.*)?$/, '')

/** Whether an address leads to the very computer that opens it. @param {string} url */
export const onlyHere = (url) => /^(localhost|127\.|\[::1\])/.test(typable(url))

/** Whether an address that was found on the network is a number and a port, and nothing else. @param {string} url */
export const plainHost = (url) => /^http:\/\/(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}\/$/.test(url)
