// A session: one person at one instance in one epoch, from the snapshot that began it. It follows the host's events, and holds all that the
// page knows and does about this history. The next person, instance or epoch gets another one; of this one nothing is left then.

/** @import {Event, Frame, Snapshot, Welcome} from '../../../types' */
/** @import {Account} from './account.js' */
/** @import {Router} from './router.js' */
/** @import {Shell} from './shell.js' */
import { untracked } from '../../vendor/signals-core/signals-core.mjs'
import { fromSnapshot, presence, reduce } from '../proto/reducer.js'
import { follow, missed, named } from '../proto/window.js'
import { createActions } from './actions.js'
import { createChatFlags } from './chatflags.js'
import { createChatSearch } from './chatsearch.js'
import { createDrafts } from './drafts.js'
import { createFiles } from './files.js'
import { createHostStorage } from './hoststorage.js'
import { createNotifications } from './notifications.js'
import { uncover } from './overlays.js'
import { createPages } from './pages.js'
import { pollReach } from './polling.js'
import { createProgram } from './program.js'
import { watchReadMarks } from './readmarks.js'
import { createRemovals } from './removals.js'
import { askByField, createFinder } from './search.js'
import { createSelection } from './selection.js'
import { createSettings } from './settings.js'
import { createState } from './sessionstate.js'
import { setIn } from './signals.js'
import { createTyping, showTyping } from './typing.js'

/**
 * @param {Shell} shell
 * @param {{account: Account, router: Router}} parts
 * @param {Snapshot} snapshot
 */
export function createSession(shell, { account, router }, snapshot) {
  const base = createState(shell, account, snapshot)
  const { data, windows } = base
  const draft = createDrafts(base)
  const notifications = createNotifications(base, router)
  const finder = createFinder(base)
  const chatFinder = createFinder(base)
  const pages = createPages(base, router)
  const typed = createTyping(base, account)
  const files = createFiles(base, { account, draft, pages })
  const actions = createActions(base, { account, draft, files, pages, router, typed })
  const removals = createRemovals(base, { account, draft })
  const selection = createSelection(base)
  const settings = createSettings(base, actions)
  const program = createProgram(base, actions)
  const hostStorage = createHostStorage(base, actions)
  const flags = createChatFlags(base, { account, actions })
  const chatSearch = createChatSearch(base, { finder: chatFinder, pages })
  askByField(base, finder)
  watchReadMarks(base, { account, pages })
  pollReach(base)

  // Who missed too much gets no events, but the chat anew: what another tab sent meanwhile, or uploaded as well, is there.
  base.effect(() => {
    for (const e of [...base.outbox.value.filter((x) => x.code === 'conflict'), ...files.going.value, ...draft.unacked()]) {
      const m = named(windows.value.get(e.to), e.cid, base.person)
      if (m) untracked(() => account.came(e.to, m))
    }
  })
  // What is asked about this history is nothing to ask in another one.
  base.onEnd(() => uncover(shell, null))
  draft.recall()

  return {
    ...base, router, actions, draft, chatFinder, chatSearch, files, finder, flags, hostStorage, notifications, pages, program, removals, selection, settings,

    /** The same history once more, after events were missed. @param {Snapshot} again */
    refresh(again) {
      data.value = fromSnapshot(again)
      windows.value = missed(windows.peek(), base.route.peek().who)
      draft.recall()
    },

    /** @param {Welcome} w */
    welcome(w) {
      data.value = presence(data.peek(), w.people)
      draft.flush()
    },

    /** @param {Event} e @param {number} head up to here nothing is news */
    follow(e, head) {
      const old = data.peek()
      const who = e.who ?? 0
      data.value = reduce(old, e)
      const w = windows.peek().get(who)
      if (w) setIn(windows, who, e.kind === 'chat-deleted' ? undefined : follow(w, e))
      if (e.kind === 'chat' && e.chat) draft.heard(e.chat.who, old.chats.get(e.chat.who)?.draft ?? '', e.chat.draft)
      const theirs = e.kind === 'message' && e.message?.user !== base.person
      if (theirs) setIn(base.typing, who, undefined)
      for (const f of [finder, chatFinder]) f.follow(e)
      if (theirs && e.message) notifications.came(who, e.message, e.ev <= head)
      if (e.ev === head) notifications.caughtUp()
    },

    /** What the host tells and does not log. @param {Frame} f */
    hear(f) {
      if (f.type === 'presence') data.value = presence(data.peek(), [/** @type {any} */ (f)])
      else if (f.type === 'typing') showTyping(base, f.who)
    },
  }
}

/** @typedef {ReturnType<typeof createSession>} Session */
