// What I note about a chat for myself: pinned, muted, unread by hand. The other side learns of none of it but of reading.

/** @import {Chat} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
import { untracked } from '../../vendor/signals-core/signals-core.mjs'
import { showError } from './toast.js'

/**
 * @param {SessionState} session
 * @param {{account: Pick<import('./account.js').Account, 'send'>, actions: import('./actions.js').Actions}} parts
 */
export function createChatFlags(session, { account, actions }) {
  const chat = (/** @type {number} */ who) => session.data.peek().chats.get(who)
  /** @param {number} who @param {{pinned?: boolean, muted?: boolean, marked?: boolean}} to */
  const set = (who, to) => actions.tell(session.api.patchChat(who, to))

  const flags = {
    /** @param {number} who */
    pin: (who) => set(who, { pinned: !chat(who)?.pinned }),
    /** @param {number} who */
    mute: (who) => set(who, { muted: !chat(who)?.muted }),
    /** @param {number} who */
    unread: (who) => set(who, { marked: true }),
    /** @param {number} who */
    read(who) {
      const c = chat(who)
      if (c?.new && c.last && !account.send({ type: 'read', who, upto: c.last.seq })) showError(session, 'offline')
      if (c?.marked && !c.new) set(who, { marked: false })
    },
    /** Whoever opens a chat has dealt with its mark. @param {number} who */
    opened(who) {
      if (chat(who)?.marked) set(who, { marked: false })
    },
  }

  let before = 0
  session.effect(() => {
    const who = session.route.value.name === 'chat' ? session.route.value.who : 0
    if (who === before) return
    before = who
    untracked(() => flags.opened(who))
  })
  return flags
}

/** Whether a chat stands out in the list. @param {Chat} c */
export const isUnread = (c) => c.new > 0 || c.marked

/**
 * What the title, the tab's icon and the app's badge say: new messages, or merely that a chat was marked. Muted chats say nothing.
 * @param {Iterable<Chat>} chats
 */
export function outside(chats) {
  let n = 0
  let dot = false
  for (const c of chats) {
    if (c.muted) continue
    n += c.new
    dot ||= c.marked
  }
  return { n, dot }
}
