// All that the page knows, as signals, and the parts that change it. Views read signals and call actions; nothing else.

/** @import {Bar, Host, State, HistoryWindow, LinkStatus, Route, Phase, Door, Confirm, LinkDialog, Panel, Invite, Reach, FoundHost, Device, Message, Quote, Clock, SocketLike, CustodyStore, Tabs, Outgoing} from '../../../types' */
import { signal } from '../../vendor/signals-core/signals-core.mjs'
import { createApi } from '../proto/api.js'
import { createPolling } from './polling.js'
import { createDrafts } from './drafts.js'
import { createEmoji } from './emoji.js'
import { createFiles } from './files.js'
import { createDoor, NO_DOOR } from './door.js'
import { createPages } from './pages.js'
import { createLive } from './live.js'
import { createActions } from './actions.js'
import { watchReadMarks } from './readmarks.js'
import { createChatFlags } from './chatflags.js'
import { createNotifications } from './notifications.js'
import { createOverlays } from './overlays.js'
import { createSelection } from './selection.js'
import { createRemovals } from './removals.js'
import { createPrefs } from './prefs.js'
import { createProgram } from './program.js'
import { createChatSearch } from './chatsearch.js'
import { askByField, createFinder } from './search.js'
import { createRouter } from './router.js'
import { createHostStorage } from './hoststorage.js'
import { createTyping } from './typing.js'

/**
 * What the page needs of its surroundings; tests bring their own.
 * @typedef {object} Env
 * @property {typeof fetch} fetch
 * @property {() => SocketLike} socket
 * @property {Clock} clock
 * @property {() => number} random
 * @property {string} tab this tab's name
 * @property {string} build the content's hash that this page was served under
 * @property {(instance: string, me: number, what?: string) => CustodyStore} store
 * @property {(blob: Blob) => Promise<{url: string, width: number, height: number}>} peek what is known of a picture before it is sent
 * @property {(url: string) => void} unpeek its address isn't needed any more
 * @property {(instance: string, me: number) => Tabs} tabs
 * @property {ReturnType<typeof import('../dom/local.js').localStore>} local
 * @property {import('../dom/tabs.js').Elect} elect one of this browser's tabs for each notice
 * @property {ReturnType<typeof import('../dom/sound.js').bell>} bell
 * @property {import('../dom/notifications.js').SystemNotifications} systemNotifications
 * @property {Pick<History, 'pushState' | 'replaceState' | 'back' | 'state'>} history
 * @property {import('./emoji.js').Source} emoji
 * @property {() => string} hash the address's fragment
 */

/** @param {Env} env */
export function createApp(env) {
  const signals = {
    phase: signal(/** @type {Phase} */ ('loading')),
    host: signal(/** @type {Host | null} */ (null)),
    doorState: signal(/** @type {Door} */ (NO_DOOR)),

    /** whose page this is, known before data is; 0 at a door */
    person: signal(0),
    data: signal(/** @type {State | null} */ (null)),
    windows: signal(/** @type {ReadonlyMap<number, HistoryWindow>} */ (new Map())),
    outbox: signal(/** @type {readonly Outgoing[]} */ ([])),
    drafts: signal(/** @type {ReadonlyMap<number, string>} */ (new Map())),
    typing: signal(/** @type {ReadonlyMap<number, number>} */ (new Map())),

    status: signal(/** @type {LinkStatus} */ ('idle')),
    /** without the host for longer than a blink */
    cutOff: signal(false),
    /** this device has a network, as far as its browser can tell */
    network: signal(true),
    /** the host serves a newer page than this one */
    stale: signal(false),
    /** the host's clock minus this one's, ms */
    skew: signal(0),

    route: signal(/** @type {Route} */ ({ name: 'home', who: 0 })),
    /** visible and focused */
    attention: signal(true),
    /** whose conversation is on screen and stands at its end; 0 when none does */
    endOf: signal(0),
    /** the conversation is to go to its end at the next drawing */
    toEnd: signal(false),
    /** the message to bring on screen at the next drawing */
    target: signal(/** @type {{who: number, seq: number} | null} */ (null)),
    /** the line at the first unread: above the first message of the other side after this seq */
    line: signal(/** @type {{who: number, after: number} | null} */ (null)),

    side: signal(/** @type {'chats' | 'people'} */ ('chats')),
    filter: signal(''),
    /** per chat, what my next message answers */
    replies: signal(/** @type {ReadonlyMap<number, Quote>} */ (new Map())),
    /** whose row of the list had the focus last */
    rowAt: signal(0),
    /** per chat, messages that are removed here and perhaps not yet at the host */
    hidden: signal(/** @type {ReadonlyMap<number, ReadonlySet<number>>} */ (new Map())),
    /** what can still be undone */
    removing: signal(/** @type {{who: number, seqs: number[], entry?: Outgoing} | null} */ (null)),
    /** chosen messages, while several are being chosen */
    selected: signal(/** @type {{who: number, messages: ReadonlyMap<number, Message>} | null} */ (null)),
    /** what I took back in this tab said, by who/seq */
    retaken: signal(/** @type {ReadonlyMap<string, Message>} */ (new Map())),
    /** per chat, which of my messages I change, and to what */
    editing: signal(/** @type {ReadonlyMap<number, {message: Message, text: string}>} */ (new Map())),
    /** the picture that is looked at by itself */
    viewing: signal(/** @type {{who: number, seq: number, id: string} | null} */ (null)),
    /** over whose conversation files are held */
    dropping: signal(0),
    confirm: signal(/** @type {Confirm | null} */ (null)),
    /** something to look at, in a dialog */
    panel: signal(/** @type {Panel | null} */ (null)),
    linkDialog: signal(/** @type {LinkDialog | null} */ (null)),
    /** the sheet of shortcuts */
    keysShown: signal(false),
    menuOpen: signal(false),
    /** the bar that searches in a chat */
    finding: signal(/** @type {Bar | null} */ (null)),
    toast: signal(''),
    /** it was said that this browser keeps nothing */
    unkept: signal(false),
    invited: signal(/** @type {Invite | null} */ (null)),
    reach: signal(/** @type {Reach | null} */ (null)),
    /** other hosts on the network, while there is no owner */
    found: signal(/** @type {readonly FoundHost[]} */ ([])),
    devices: signal(/** @type {Device[] | null} */ (null)),
    /** moves on once a minute, for words like yesterday */
    minute: signal(env.clock.now()),
  }
  // The host doesn't take what was meant for another person than the cookie's.
  /** @type {Env['fetch']} */
  const fetch = (path, init) => env.fetch(path, signals.person.peek() ? { ...init, headers: { ...init?.headers, 'Duologue-Person': String(signals.person.peek()) } } : init)
  const base = { ...signals, env: { ...env, fetch }, api: createApi(fetch), prefs: createPrefs(env.local), emoji: createEmoji(env.local, env.emoji) }
  const drafts = createDrafts(base)
  const overlays = createOverlays(base)
  const router = createRouter(base, overlays)
  const notifications = createNotifications(base, router)
  const finder = createFinder(base)
  const chatFinder = createFinder(base)
  const live = createLive(base, drafts, { notifications, finders: [finder, chatFinder] })
  const pages = createPages(base, router)
  const typing = createTyping(base, live)
  const door = createDoor(base, live, router)
  const files = createFiles(base, { live, drafts, pages })
  const actions = createActions(base, { files, live, drafts, pages, router, typing })
  const removals = createRemovals(base, { live, drafts })
  const selection = createSelection(base)
  const program = createProgram(base, actions)
  const hostStorage = createHostStorage(base, actions)
  const flags = createChatFlags(base, { live, actions })
  const chatSearch = createChatSearch(base, { finder: chatFinder, pages })
  askByField(base, finder)
  watchReadMarks(base, { live, pages })
  createPolling(base)
  return { ...base, draft: drafts, live, files, overlays, pages, removals, selection, router, typed: typing, door, actions, notifications, flags, program, hostStorage, finder, chatFinder, chatSearch }
}

/** @typedef {ReturnType<typeof createApp>} App */
/** The signals and the surroundings, for the parts that App is made of.
 * @typedef {Pick<App, 'phase' | 'host' | 'doorState' | 'person' | 'data' | 'windows' | 'outbox' | 'drafts' | 'typing' | 'status' | 'cutOff' | 'stale' | 'skew' | 'route' |
 *   'attention' | 'endOf' | 'toEnd' | 'target' | 'minute' | 'line' | 'side' | 'filter' | 'rowAt' | 'replies' | 'hidden' | 'removing' | 'selected' | 'retaken' | 'viewing' | 'panel' | 'editing' | 'confirm' | 'linkDialog' | 'keysShown' | 'menuOpen' | 'finding' | 'toast' | 'unkept' | 'invited' | 'reach' | 'found' | 'devices' | 'env' | 'api' | 'prefs' | 'emoji'>} Base */
