// What the page knows of one history, as signals: that of one person at one instance in one epoch. It is made from what the host just
// answered, and dropped whole.

/** @import {Bar, Device, HistoryWindow, Invite, Message, Outgoing, Quote, Reach, Snapshot} from '../../../types' */
/** @import {Account} from './account.js' */
/** @import {Shell} from './shell.js' */
import { signal } from '../../vendor/signals-core/signals-core.mjs'
import { createApi } from '../proto/api.js'
import { fromSnapshot } from '../proto/reducer.js'
import { createLifetime } from './lifetime.js'

/**
 * @param {Shell} shell
 * @param {Account} account
 * @param {Snapshot} snapshot
 */
export function createState(shell, account, snapshot) {
  const life = createLifetime(account.env.clock, account.env.fetch)
  return {
    ...shell,
    env: { ...account.env, clock: life.clock, fetch: life.fetch },
    api: createApi(life.fetch, { alive: life.alive }),
    effect: life.effect,
    onEnd: life.onEnd,
    end: life.end,
    /** whoever waited for something else than a call or a timer looks here before going on */
    ended: life.ended,

    instance: account.instance,
    person: account.person,
    epoch: snapshot.epoch,

    /** the host's clock minus this one's, ms */
    skew: account.skew,
    /** what is written and not at the host, or not back from it */
    outbox: account.outgoing,

    data: signal(fromSnapshot(snapshot)),
    windows: signal(/** @type {ReadonlyMap<number, HistoryWindow>} */ (new Map())),
    drafts: signal(/** @type {ReadonlyMap<number, string>} */ (new Map())),
    typing: signal(/** @type {ReadonlyMap<number, number>} */ (new Map())),

    /** whose conversation is on screen and stands at its end; 0 when none does */
    endOf: signal(0),
    /** a line of its newest message is on screen */
    newestDrawn: signal(true),
    /** the conversation is to go to its end at the next drawing */
    toEnd: signal(false),
    /** the message to bring on screen at the next drawing */
    target: signal(/** @type {{who: number, seq: number} | null} */ (null)),
    /** the line at the first unread: above the first message of the other side after this seq */
    line: signal(/** @type {{who: number, after: number} | null} */ (null)),

    filter: signal(''),
    /** whose row of the list had the focus last */
    rowAt: signal(0),
    /** per chat, what my next message answers */
    replies: signal(/** @type {ReadonlyMap<number, Quote>} */ (new Map())),
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
    /** the bar that searches in a chat */
    finding: signal(/** @type {Bar | null} */ (null)),
    invited: signal(/** @type {Invite | null} */ (null)),
    reach: signal(/** @type {Reach | null} */ (null)),
    devices: signal(/** @type {Device[] | null} */ (null)),
  }
}

/** @typedef {ReturnType<typeof createState>} SessionState */
