// A window on one chat's history, as pure functions of what was asked for, what the host answered and what events say. Only a ready one
// has messages that are known to be what the host has: only it takes new ones, and only what it draws can be read. What can't be joined
// to it is left out, so it has no holes.

/** @import {Event, HistoryWindow, Message, MessageRange, Page, ReadyWindow, Touched} from '../../../types' */
import { hasNewer, held, newest, oldest, rangeOf, trimmed, withChanged, withNew, withoutOne } from './messagerange.js'

/** @type {Touched} */
const UNTOUCHED = new Map()

/** Its first page is on its way. @returns {HistoryWindow} */
export const opening = () => ({ state: 'opening', touched: UNTOUCHED })

/** @param {MessageRange | undefined} range @returns {ReadyWindow | undefined} */
const ready = (range) => range && { state: 'ready', range, paging: 'idle', touched: UNTOUCHED }

/** What is drawn and may be out of date. @param {HistoryWindow | undefined} w @returns {MessageRange | undefined} */
export const shown = (w) => w?.state === 'ready' ? w.range : w?.state === 'stale' ? w.drawn : undefined

/**
 * The messages on screen. A message of mine is never taken off it: until the window was read again, those that were sent meanwhile stand at the end.
 * @param {HistoryWindow | undefined} w @param {number} me
 * @returns {readonly Message[]}
 */
export function drawn(w, me) {
  const items = shown(w)?.items ?? []
  return w?.state === 'stale' ? [...items, ...after(w.touched, newest(w.drawn)).filter((m) => m.user === me)] : items
}

/** Whether what is drawn is what is there: nothing else is about to take its place. @param {HistoryWindow | undefined} w @returns {w is ReadyWindow} */
export const settled = (w) => w?.state === 'ready' && w.paging !== 'loading-all'

/** Whether it stands at the end of its chat, and shows it. @param {HistoryWindow | undefined} w @returns {w is ReadyWindow} */
export const atEnd = (w) => settled(w) && !hasNewer(w.range)

/**
 * A page is asked for.
 * @param {HistoryWindow | undefined} w
 * @param {'older' | 'newer' | 'all'} what all: it takes the place of everything
 * @returns {HistoryWindow}
 */
export function asked(w, what) {
  if (w?.state === 'ready') return { ...w, paging: `loading-${what}`, touched: UNTOUCHED }
  return w?.state === 'stale' ? { ...w, refresh: 'running' } : opening()
}

/** The page could not be loaded. @param {HistoryWindow} w @returns {HistoryWindow} */
export function refused(w) {
  switch (w.state) {
    case 'opening': return { state: 'failed' }
    case 'stale': return w.refresh === 'running' ? { ...w, refresh: 'failed' } : w
    case 'ready': return { ...w, paging: w.paging === 'loading-older' ? 'failed-older' : w.paging === 'loading-newer' ? 'failed-newer' : 'idle', touched: UNTOUCHED }
    default: return w
  }
}

/** What was asked for isn't there: the window stays what it was. @param {HistoryWindow} w @returns {HistoryWindow | undefined} nothing where there was none */
export function kept(w) {
  if (w.state === 'ready') return { ...w, paging: 'idle', touched: UNTOUCHED }
  return w.state === 'stale' ? { ...w, refresh: 'wanted' } : undefined
}

/** What failed may be asked for again. @param {HistoryWindow} w @returns {HistoryWindow | undefined} nothing where its first page failed */
export function retried(w) {
  if (w.state === 'failed') return undefined
  if (w.state === 'stale') return w.refresh === 'failed' ? { ...w, refresh: 'wanted' } : w
  return w.state === 'ready' && w.paging.startsWith('failed-') ? { ...w, paging: 'idle' } : w
}

/**
 * The first page, or one that takes the place of everything.
 * @param {HistoryWindow} w
 * @param {Page} page
 * @param {boolean} later there are newer ones than it holds
 * @param {number} [at] the place that is looked at; the end unless it is given
 * @param {number} [draw] as many are drawn around it
 * @returns {HistoryWindow | undefined} nothing where all of the page was removed meanwhile, and the chat goes on
 */
export function replaced(w, page, later, at, draw) {
  const touched = w.state === 'failed' ? UNTOUCHED : w.touched
  const all = current(page.messages, touched)
  return ready(rangeOf(later ? all : [...all, ...after(touched, page.messages.at(-1)?.seq ?? 0)], page.more, later, at, draw))
}

/**
 * A page that ends before all that is held. What changed its beginning meanwhile would leave a hole: then it is asked for again.
 * @param {HistoryWindow} w
 * @param {Page} page
 * @param {number} before what it was asked for
 * @returns {HistoryWindow | undefined}
 */
export function joinedOlder(w, page, before) {
  if (w.state !== 'ready' || oldest(w.range) !== before) return kept(w)
  const { range } = w
  const above = [...current(page.messages.filter((m) => m.seq < before), w.touched), ...range.above]
  return ready({ ...range, above, further: page.more })
}

/**
 * A page that begins after all that is held.
 * @param {HistoryWindow} w
 * @param {Page} page
 * @param {number} since what it was asked for
 * @returns {HistoryWindow | undefined}
 */
export function joinedNewer(w, page, since) {
  if (w.state !== 'ready' || newest(w.range) !== since) return kept(w)
  const { range } = w
  const fresh = page.messages.filter((m) => m.seq > since)
  const below = [...range.below, ...current(fresh, w.touched), ...page.more ? [] : after(w.touched, fresh.at(-1)?.seq ?? since)]
  return ready({ ...range, below, later: page.more })
}

/**
 * After events were missed: what is on screen stays until the same part of the chat was read again, the rest is let go.
 * @param {ReadonlyMap<number, HistoryWindow>} windows
 * @param {number} who whose chat is on screen
 * @returns {ReadonlyMap<number, HistoryWindow>}
 */
export function missed(windows, who) {
  const range = shown(windows.get(who))
  return new Map(range?.items.length ? [[who, { state: 'stale', drawn: range, refresh: 'wanted', touched: UNTOUCHED }]] : [])
}

/**
 * A chat that was left keeps its newest messages. A window that isn't at the end, or isn't whole, is of no use then.
 * @param {HistoryWindow} w
 * @returns {HistoryWindow | undefined}
 */
export const left = (w) => atEnd(w) && w.paging === 'idle' ? ready(trimmed(w.range)) : undefined

/** What is here of one's own under a client's name. @param {HistoryWindow | undefined} w @param {string} cid @param {number} me */
export function named(w, cid, me) {
  const range = shown(w)
  return range && held(range).find((m) => m.cid === cid && m.user === me)
}

/**
 * @param {HistoryWindow} w
 * @param {Event} e
 * @returns {HistoryWindow | undefined} nothing where it has to be opened anew
 */
export function follow(w, e) {
  const seq = e.message?.seq ?? e.seq ?? 0
  const message = e.kind === 'removed' ? null : e.message
  if (w.state === 'failed' || message === undefined) return w
  if (w.state === 'opening') return { ...w, touched: new Map(w.touched).set(seq, message) }
  if (w.state === 'stale') {
    const drawn = message ? withChanged(w.drawn, message) ?? w.drawn : withoutOne(w.drawn, seq)
    return drawn && { ...w, drawn, touched: new Map(w.touched).set(seq, message) }
  }
  const range = message ? withChanged(w.range, message) ?? (e.kind === 'message' ? withNew(w.range, message) : w.range) : withoutOne(w.range, seq)
  if (!range) return undefined
  // While a page is on its way, events may know better than it will.
  return { ...w, range, touched: w.paging.startsWith('loading-') ? new Map(w.touched).set(seq, message) : w.touched }
}

/** The messages of a page as they are by now. @param {readonly Message[]} messages @param {Touched} touched */
const current = (messages, touched) => messages.filter((m) => touched.get(m.seq) !== null).map((m) => touched.get(m.seq) ?? m)

/** What arrived behind a page's end while it was on its way. @param {Touched} touched @param {number} end */
const after = (touched, end) => [...touched.values()].filter((m) => m !== null).filter((m) => m.seq > end).sort((a, b) => a.seq - b.seq)
