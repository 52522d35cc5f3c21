// The system's pop-ups. Browsers have them on https and on the host computer itself; on a phone mostly not for pages at all.

/** insecure: plain http on the network. missing: this browser has none for pages. @typedef {'granted' | 'denied' | 'default' | 'insecure' | 'missing'} Leave */

/** @typedef {ReturnType<typeof systemNotifications>} SystemNotifications */

export function systemNotifications() {
  /** @type {Map<string, Notification>} */
  const shown = new Map()
  let refused = false

  /** @returns {Leave} */
  function leave() {
    if (!isSecureContext) return 'insecure'
    if (refused || typeof Notification === 'undefined') return 'missing'
    return Notification.permission
  }

  /** @param {string} tag */
  function close(tag) {
    shown.get(tag)?.close()
    shown.delete(tag)
  }
  addEventListener('pagehide', () => { for (const tag of [...shown.keys()]) close(tag) })

  return {
    leave,
    close,
    /** Only after a click: browsers blame a page that asks unbidden. @returns {Promise<Leave>} */
    async ask() {
      if (leave() === 'default') await Notification.requestPermission()
      return leave()
    },
    /** One for each tag: the next takes the place of the last. @param {string} tag @param {string} title @param {string} body @param {() => void} clicked */
    show(tag, title, body, clicked) {
      if (leave() !== 'granted') return
      try {
        const pop = new Notification(title, /** @type {NotificationOptions} */ ({ body, tag, renotify: true, silent: true }))
        shown.set(tag, pop)
        pop.onclick = () => {
          window.focus()
          close(tag)
          clicked()
        }
        pop.onclose = () => { if (shown.get(tag) === pop) shown.delete(tag) }
      } catch {
        // Chrome on Android has the name and throws.
        refused = true
      }
    },
  }
}
