// What uploads are made with, and how many go at once.

/** @import {Clock, Part, Uploading} from '../../../types' */
/** @import {Custody} from './custody.js' */

export const AT_ONCE = 2
/** How often bytes are asked for that the disk refused, and how long after, ms. */
export const TRIES = 5
export const AGAIN = 2_000

/**
 * @typedef {object} UploadsOptions
 * @property {Pick<Custody, 'records'>} custody
 * @property {typeof fetch} fetch
 * @property {Clock} clock
 * @property {() => number} random
 * @property {(blob: Blob, type: string) => Promise<{width: number, height: number}>} look what is to be known of a file before it is drawn
 * @property {(parts: readonly Part[]) => void} forget they aren't drawn any more
 * @property {(e: Uploading, leave: () => void) => Promise<boolean>} whole takes it over, and calls leave at the moment when it stands there; whether it is kept there
 * @property {(entries: readonly Uploading[]) => void} onChange
 */
