// What the page needs of its surroundings; tests bring their own.

/** @import {Clock, CustodyStore, SocketLike, Tabs} from '../../../types' */

/**
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
export {}
