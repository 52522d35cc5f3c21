import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { election } from '../static/js/dom/tabs.js'
import { createNotifications } from '../static/js/state/notifications.js'
import { createPrefs } from '../static/js/state/prefs.js'
import { FakeClock, settle } from './fakes.js'

const OVER = ['confirm', 'linkDialog', 'panel', 'keysShown', 'menuOpen', 'viewing']

/** A page whose sounds and pop-ups can be counted. */
function rig({ mine = true, watched = false, leave = 'granted', ready = () => true, kept = {}, local = new Map(Object.entries(kept)), clock = new FakeClock() } = {}) {
  const chats = (list) => new Map(list.map((c) => [c.who, { read: 0, new: 0, muted: false, last: null, name: '', ...c }]))
  const out = { ended: false, rung: 0, asked: 0, pops: new Map(), clicks: new Map(), went: [], over: [], going: () => null }
  const store = { getItem: (k) => local.get(k) ?? null, setItem: (k, v) => local.set(k, v) }
  const app = {
    env: {
      clock, local: store,
      bell: { ready, ring: async () => { out.rung++ } },
      systemNotifications: {
        leave: () => leave, ask: async () => { out.asked++; return leave },
        show: (tag, title, body, clicked) => { out.pops.set(tag, `${title}: ${body}`); out.clicks.set(tag, clicked) },
        close: (tag) => out.pops.delete(tag),
      },
      elect: async () => ({ mine, watched }),
    },
    prefs: createPrefs(store),
    host: signal({ instance: 'i', title: 'Duologue' }),
    data: signal({ epoch: 'e', ev: 1, me: { id: 1 }, people: new Map([[2, { name: 'Ann' }], [3, { name: 'Bob' }]]), chats: chats([]) }),
    attention: signal(watched), side: signal('chats'), instance: 'i', person: 1, effect, onEnd: () => {}, ended: () => out.ended,
    emoji: { open: signal(false) },
  }
  for (const name of OVER) app[name] = signal(null)
  const set = (...list) => { app.data.value = { ...app.data.value, ev: app.data.value.ev + 1, chats: chats(list) } }
  return { app, out, set, local, clock, notifications: createNotifications(app, { go: (...to) => { out.went.push(to); out.over.push(out.going()) } }) }
}
const message = (seq, content = 'hello') => ({ seq, content, user: 2 })

test('a message rings and pops up, and leads to its chat', async () => {
  const { out, set, notifications } = rig({ kept: { 'duologue-notice-popups': 'on' } })
  set({ who: 2, new: 1 })
  notifications.came(2, message(1), false)
  await settle()
  assert.deepEqual([out.rung, [...out.pops]], [1, [['i 2', 'Ann: hello']]])
  out.clicks.get('i 2')()
  assert.deepEqual(out.went, [['chat', 2]])
})

test('what is open about another goes, unanswered, before the chat comes', async () => {
  for (const over of OVER) {
    const { app, out, set, notifications } = rig({ kept: { 'duologue-notice-popups': 'on' } })
    const answered = []
    app[over].value = { title: 'Delete the chat with Bob?', run: () => answered.push(over) }
    set({ who: 2, new: 1 })
    notifications.came(2, message(1), false)
    await settle()
    out.going = () => app[over].peek()
    out.clicks.get('i 2')()
    assert.deepEqual([out.went, out.over, answered], [[['chat', 2]], [null], []], over)
  }
})

test('nothing for what is muted, read already, not wanted, or done by another tab', async () => {
  const cases = [
    [{}, { who: 2, new: 1, muted: true }], [{}, { who: 2, new: 0, read: 1 }],
    [{ kept: { 'duologue-notice-quiet': 'on' } }, { who: 2, new: 1 }], [{ mine: false }, { who: 2, new: 1 }],
    [{ kept: { 'duologue-notice-sound': 'off' } }, { who: 2, new: 1 }],
  ]
  for (const [options, chat] of cases) {
    const { out, set, notifications } = rig(options)
    set(chat)
    notifications.came(2, message(1), false)
    await settle()
    assert.deepEqual([out.rung, out.pops.size], [0, 0], JSON.stringify([options, chat]))
  }
})

test('a burst is one sound over all tabs, and what comes after it rings again', async () => {
  const one = rig()
  const other = rig({ local: one.local, clock: one.clock })
  let seq = 0
  const come = async ({ set, notifications }, n = 1) => {
    set({ who: 2, new: seq + n }, { who: 3, new: 1 })
    for (let i = 0; i < n; i++) notifications.came(2, message(++seq), false)
    await settle()
    return one.out.rung + other.out.rung
  }
  assert.equal(await come(one, 16), 1)
  await one.clock.pass(1000)
  assert.equal(await come(other), 1)
  await one.clock.pass(500)
  assert.equal(await come(other), 2)
  // A clock that was set back.
  one.clock.time -= 3_600_000
  assert.equal(await come(one), 3)
})

test('what could not be heard does not keep the next one from ringing', async () => {
  let touched = false
  const { out, set, notifications } = rig({ ready: () => touched })
  set({ who: 2, new: 2 })
  notifications.came(2, message(1), false)
  await settle()
  touched = true
  notifications.came(2, message(2), false)
  await settle()
  assert.equal(out.rung, 1)
})

test('while somebody looks at one of the tabs there is a sound but no pop-up', async () => {
  const { out, set, notifications } = rig({ watched: true, kept: { 'duologue-notice-popups': 'on' } })
  set({ who: 2, new: 1 })
  notifications.came(2, message(1), false)
  await settle()
  assert.deepEqual([out.rung, out.pops.size], [1, 0])
})

test('what was read while the tabs agreed rings no more', async () => {
  const { out, set, notifications } = rig()
  set({ who: 2, new: 1 })
  notifications.came(2, message(1), false)
  set({ who: 2, new: 0, read: 1 })
  await settle()
  assert.equal(out.rung, 0)
})

test('whoever signed out while the tabs agreed hears nothing more', async () => {
  const { out, set, notifications } = rig({ kept: { 'duologue-notice-popups': 'on' } })
  set({ who: 2, new: 1 })
  notifications.came(2, message(1, 'a secret'), false)
  out.ended = true
  await settle()
  assert.deepEqual([out.rung, out.pops.size], [0, 0])
})

test('everything that came meanwhile is one summary of what is still unread', async () => {
  const { out, set, clock, notifications } = rig({ kept: { 'duologue-notice-popups': 'on' } })
  set({ who: 2, new: 2 }, { who: 3, new: 1 })
  notifications.came(2, message(1), true)
  notifications.came(2, message(2), true)
  notifications.came(3, message(1), true)
  await settle()
  assert.equal(out.rung, 0)
  notifications.caughtUp()
  await settle()
  assert.deepEqual([out.rung, [...out.pops]], [1, [['i all', 'Duologue: 3 new messages']]])
  set({ who: 2, new: 0, read: 2 }, { who: 3, new: 1 })
  assert.equal(out.pops.size, 1)
  set({ who: 2, new: 0, read: 2 }, { who: 3, new: 0, read: 1 })
  assert.equal(out.pops.size, 0)
  await clock.pass(60_000)
  notifications.caughtUp()
  await settle()
  assert.equal(out.rung, 1)
})

test('reading, deleting and taking back close a pop-up', async () => {
  for (const after of [[{ who: 2, new: 0, read: 1 }], [], [{ who: 2, new: 1, last: { seq: 1, recalled: true } }], [{ who: 2, new: 1, muted: true }]]) {
    const { out, set, notifications } = rig({ kept: { 'duologue-notice-popups': 'on' } })
    set({ who: 2, new: 1 })
    notifications.came(2, message(1), false)
    await settle()
    assert.equal(out.pops.size, 1)
    set(...after)
    assert.equal(out.pops.size, 0, JSON.stringify(after))
  }
})

test('a choice is kept, asks only for pop-ups, and holds only where they are allowed', async () => {
  const yes = rig()
  await yes.notifications.turn('sound', false)
  await yes.notifications.turn('quiet', true)
  assert.equal(yes.out.asked, 0)
  await yes.notifications.turn('popups', true)
  assert.deepEqual([yes.out.asked, yes.notifications.popups.value], [1, true])
  assert.deepEqual([...yes.local], [['duologue-notice-sound', 'off'], ['duologue-notice-quiet', 'on'], ['duologue-notice-popups', 'on']])
  yes.app.prefs.stored('duologue-notice-quiet', 'off')
  assert.equal(yes.notifications.quiet.value, false)
  const no = rig({ leave: 'denied' })
  await no.notifications.turn('popups', true)
  assert.equal(no.notifications.popups.value, false)
})

test('of several tabs one is chosen, a tab that can sound before others, and late ones find it done', async (t) => {
  const open = []
  const Real = globalThis.BroadcastChannel
  // A real one takes its time on a busy machine.
  globalThis.BroadcastChannel = class {
    constructor() { open.push(this) }
    postMessage(data) { for (const other of open) if (other !== this) other.onmessage({ data }) }
  }
  t.after(() => { globalThis.BroadcastChannel = Real })
  const [a, b, c] = ['a', 'b', 'c'].map(election)
  const bid = (ready, watched = false) => ({ ready, watched })
  assert.deepEqual(await Promise.all([a('1', bid(false)), b('1', bid(true)), c('1', bid(true, true))]),
    [{ mine: false, watched: true }, { mine: true, watched: true }, { mine: false, watched: true }])
  assert.deepEqual(await Promise.all([a('2', bid(true)), b('2', bid(true))]), [{ mine: true, watched: false }, { mine: false, watched: false }])
  assert.equal((await b('2', bid(true))).mine, false)
})
