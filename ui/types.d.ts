// The shapes that the page's two halves share: what the wire carries, and what the page keeps of it.

export interface User {
  id: number
  name: string
  owner: boolean
  joined: number
  online?: boolean
  seen?: number
  receipts?: boolean
}

export interface Quote { seq: number; user: number; content: string }

/** thumb: there is a small picture of it. gone: I gave up its bytes. */
export interface File { id: string; name: string; size: number; type: string; width?: number; height?: number; thumb?: boolean; picture?: boolean; gone?: boolean }

/** A file of mine that is chosen or on its way. */
export interface Part {
  name: string
  size: number
  type: string
  as: 'picture' | 'file'
  width: number
  height: number
  /** the bytes; missing after a reload where the browser could not keep them */
  blob?: Blob
  /** they could not be read at the last attempt */
  unreadable?: boolean
  /** what the host calls it, once begun */
  id: string
  /** bytes that are there */
  at: number
  done: boolean
}

export interface Message {
  seq: number
  cid: string
  user: number
  name: string
  date: number
  content: string
  reply?: Quote
  files?: File[]
  edited?: number
  recalled?: boolean
  /** in the chat with oneself: what sent it, and the id of its session */
  device?: string
  session?: string
}

export interface Chat {
  id: number
  user: number
  who: number
  name: string
  new: number
  read: number
  peer_got: number
  peer_read: number
  last: Message | null
  date: number
  draft: string
  pinned: boolean
  muted: boolean
  marked: boolean
}

export interface Snapshot {
  epoch: string
  ev: number
  now: number
  me: User
  /** this device, among my sessions */
  session: string
  people: User[]
  chats: Chat[]
}

export interface Host {
  app: string
  protocol: number
  version: string
  instance: string
  title: string
  state: 'setup' | 'open'
  me: User | null
  /** For how long a message can be taken back, ms. */
  recall: number
  suggest?: string
}

export interface Page { messages: Message[]; more: boolean }

export interface Hit { who: number; message: Message }

/** more: a cursor for what is older, null when everything was looked at. */
export interface Hits { hits: Hit[]; more: string | null }

export interface Device { id: string; device: string; created: number; seen: number; current: boolean }

export interface Invite { code: string; urls: string[]; local?: string }

/** Whether others get in, as far as the host knows; for its owner. */
export interface Reach {
  state: 'reached' | 'waiting' | 'offline' | 'closed'
  system: string
  port: number
  addresses: { url: string; interface: string; kind: 'real' | 'unknown' | 'vpn' | 'virtual' | 'link'; reached: boolean }[]
  arrived: number
  by?: string
  device?: string
  causes: ('closed' | 'offline' | 'vpn' | 'virtual' | 'link' | 'public' | 'firewall' | 'guest')[]
}

/** Another host on the network; what it says of itself. */
export interface FoundHost { instance: string; owner: string; title: string; url: string; here: boolean; chosen: boolean }

/** What the owner may know of the program; the switches are null where the computer doesn't offer them. */
export interface Program {
  version: string
  since: number
  here: boolean
  folder?: string
  size: number
  people: number
  online: number
  addresses: string[]
  startup: boolean | null
  awake: boolean | null
}

/** What my files take, in bytes; host for the owner only. */
export interface Storage {
  used: number
  brought: number
  quota: number
  max_file: number
  chats: { who: number; files: number; size: number }[]
  kinds: { kind: 'picture' | 'video' | 'audio' | 'file'; files: number; size: number }[]
  largest: { who: number; seq: number; date: number; file: File }[]
  host?: { used: number; coming: number; free: number; cap: number; warn: number; level: 'ok' | 'warn' | 'full' }
}

export interface SignInLink { link: string; url: string; expires: number }

/** An event of my log. Kinds that this page doesn't know only move the cursor. */
export interface Event {
  type: 'event'
  ev: number
  kind: string
  who?: number
  seq?: number
  id?: number
  message?: Message
  chat?: Chat | Omit<Chat, 'last'>
  user?: User
}

export interface Ack { type: 'ack'; cid: string; who: number; seq: number; ev: number; date: number }

export interface Refusal { type: 'error'; cid?: string; code: string; message: string; retry_after?: number }

export interface Presence { user: number; online: boolean; seen: number }
export interface Welcome { type: 'welcome'; epoch: string; head: number; now: number; me: User; ui: string; people: Presence[] }

/** Any frame of the host, before its type was looked at. */
export interface Frame { type: string; [field: string]: any }

/** What the reducer keeps: my side of everything, at one event. */
export interface State {
  epoch: string
  ev: number
  me: User
  session: string
  people: ReadonlyMap<number, User>
  chats: ReadonlyMap<number, Chat>
}

/** An unbroken run of a chat's messages, ascending. What is drawn is at most DRAWN_MAX long. */
export interface MessageRange {
  items: readonly Message[]
  /** held ready before and behind it, not drawn yet */
  above: readonly Message[]
  below: readonly Message[]
  /** there are older ones than above holds, newer ones than below */
  further: boolean
  later: boolean
}

/** What events said about single messages while a page was on its way, or was still to be asked for (null: removed). */
export type Touched = ReadonlyMap<number, Message | null>

/** Its first page is on its way. */
export interface OpeningWindow { state: 'opening'; touched: Touched }

/** What it has is what the host has. loading-all: a page is on its way that takes the place of everything. */
export interface ReadyWindow {
  state: 'ready'
  range: MessageRange
  paging: 'idle' | 'loading-older' | 'loading-newer' | 'loading-all' | 'failed-older' | 'failed-newer'
  touched: Touched
}

/** Events were missed: what was on screen stays there until it was read again, but nobody knows whether it still holds. */
export interface StaleWindow { state: 'stale'; drawn: MessageRange; refresh: 'wanted' | 'running' | 'failed'; touched: Touched }

/** Its first page could not be loaded. */
export interface FailedWindow { state: 'failed' }

/** A window on one chat's history. */
export type HistoryWindow = OpeningWindow | ReadyWindow | StaleWindow | FailedWindow

/** What I wrote, whatever becomes of it. */
interface Written {
  cid: string
  to: number
  content: string
  reply?: number
  /** what reply leads to, to be drawn */
  quote?: Quote
  date: number
  /** place in the order of sending */
  n: number
}

/** A message of mine that the host hasn't acknowledged, or whose event hasn't come yet. */
export type Outgoing = Written & {
  /** files that go with it: their ids at the host, and what is drawn meanwhile */
  files?: string[]
  parts?: readonly Part[]
  /** it may have reached the host already, so it can't be withdrawn here */
  tried?: boolean
} & (
  /** code: why it is held back */
  | { state: 'waiting'; code?: string }
  | { state: 'sending'; code?: undefined }
  | { state: 'failed'; code: string }
  /** ev: the event that brings it */
  | { state: 'done'; ev: number; code?: undefined }
)

/** A message of mine whose files aren't whole. */
export type Uploading = Written & { parts: readonly Part[]; files?: undefined } & (
  | { state: 'uploading' | 'paused'; code?: undefined }
  | { state: 'failed'; code: string }
)

export type Entry = Outgoing | Uploading

/** An entry on disk. tab: its owner, who sends it. */
export type Kept = Entry & { tab: string }

/** What is on disk for one person at one instance, for all tabs. */
export interface CustodyStore {
  all(): Promise<Kept[]>
  put(entry: Kept): Promise<void>
  /** As put, but not where the record is another tab's by now. Resolves with whether it was written. */
  update(entry: Kept): Promise<boolean>
  /** The bytes of a message's files, by their places among its parts. */
  putBytes(cid: string, blobs: (Blob | undefined)[]): Promise<void>
  bytes(cid: string): Promise<(Blob | undefined)[]>
  /** The message, and its bytes with it. */
  remove(cid: string): Promise<void>
  /** As put, but only where there is a record of it, whoever's. Resolves with whether it was written. */
  takeBack(entry: Kept): Promise<boolean>
  /** In one transaction: everything of one tab becomes another's. Resolves with what moved. */
  claim(from: string, to: string): Promise<Kept[]>
  clear(): Promise<void>
}

/** The tabs of this browser in which one person is signed in at one instance, among themselves. */
export interface Tabs {
  /** The tab's name before this page was loaded in it; empty where that isn't known. */
  before: string
  /** Which of these tabs still answer; others may be gone, asleep or busy. */
  alive(tabs: string[]): Promise<Set<string>>
  /** Tells the others that the records with these cids are this tab's now. */
  took(cids: string[]): void
  /** Tells the others that nothing of this person is to stay in this browser. */
  cleared(): void
  /** From now on this tab answers. gone: a tab said good-bye. back: this tab slept, and may have missed something. */
  join(ears: { gone(tab: string): void; took(cids: string[]): void; cleared(): void; back(): void }): void
  /** Good-bye to the others. */
  leave(): void
}

export interface Clock {
  now(): number
  set(fn: () => void, ms: number): any
  clear(timer: any): void
}

export interface SocketLike {
  onopen: ((e: any) => void) | null
  onmessage: ((e: { data: any }) => void) | null
  onclose: ((e: { code: number }) => void) | null
  onerror: ((e: any) => void) | null
  send(text: string): void
  close(code?: number): void
}

/** idle: not started. waiting: until the next attempt. ended: the session is over. */
export type LinkStatus = 'idle' | 'connecting' | 'live' | 'waiting' | 'ended'

export interface Route { name: 'home' | 'chat' | 'settings' | 'invite' | 'reach'; who: number }

export type Phase = 'loading' | 'lost' | 'setup' | 'join' | 'signin' | 'app'

export interface Door {
  /** of the first start, or of this computer */
  token: string
  /** of one who is let in again */
  link: string
  /** of an invitation */
  code: string
  busy: boolean
  /** a code of an error, shown in words */
  error: string
  suggestion: string
}

export interface Confirm {
  title: string
  text: string
  action: string
  danger: boolean
  run: () => void | Promise<void>
}

/** What a dialog shows; its view reads signals. */
export interface Panel { title: string; view: () => unknown }

/** Which of the hits is shown, -1 for none; fresh: it waits for the cursor. */
export interface Bar { who: number; query: string; at: number; fresh: boolean }

export interface LinkDialog { title: string; text: string; link: string }

declare global {
  /** The oldest browsers have these two of a later year's, and nothing else of it. */
  interface ReadonlyArray<T> {
    findLast(fits: (value: T, i: number) => unknown): T | undefined
    findLastIndex(fits: (value: T, i: number) => unknown): number
  }
  interface Array<T> {
    findLast(fits: (value: T, i: number) => unknown): T | undefined
    findLastIndex(fits: (value: T, i: number) => unknown): number
  }
}

export type { App } from './static/js/state/app.js'
export type { Session } from './static/js/state/session.js'
export type { Shell } from './static/js/state/shell.js'
