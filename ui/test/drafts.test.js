import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '../static/vendor/signals-core/signals-core.mjs'
import { createDrafts } from '../static/js/state/drafts.js'
import { FakeClock } from './fakes.js'

const BOB = 2

/** A page with one chat, and the draft of it that the host has. */
function rig(draft = '', kept = []) {
  const clock = new FakeClock()
  const local = new Map(kept)
  const data = signal({ me: { id: 1 }, chats: new Map([[BOB, { who: BOB, draft }]]) })
  const host = { draft, patches: [], refusals: [] }
  const app = {
    env: { clock, local: { keys: () => [...local.keys()], getItem: (k) => local.get(k) ?? null, setItem: (k, v) => local.set(k, v), removeItem: (k) => local.delete(k) } },
    api: { patchChat: async (who, { draft }) => {
      host.patches.push(draft)
      const status = host.refusals.shift()
      if (status !== undefined) throw Object.assign(new Error(), { status })
      heard(draft)
    } },
    instance: 'i', person: 1, data, drafts: signal(new Map()), outbox: signal([]),
  }
  const drafts = createDrafts(app)
  function heard(now) {
    const old = host.draft
    host.draft = now
    data.value = { ...data.value, chats: new Map([[BOB, { who: BOB, draft: now }]]) }
    drafts.heard(BOB, old, now)
  }
  return { drafts, clock, host, heard, local, box: () => drafts.text(BOB) }
}

/** A message that this browser keeps. */
const kept = (cid) => ({ cid, kept: Promise.resolve(true), sound: true })

test('what is sent goes from the host with its ack', async () => {
  const { drafts, clock, host, box } = rig()
  drafts.type(BOB, 'hel')
  await clock.pass(600)
  drafts.type(BOB, 'hello')
  drafts.sent(BOB, kept('a'))
  await clock.pass(1000)
  assert.deepEqual([host.draft, box()], ['hel', ''])
  drafts.acked(BOB, { cid: 'a', content: 'hello' })
  await clock.pass(1000)
  assert.deepEqual([host.draft, box()], ['', ''])
})

test('what is forwarded leaves a draft alone, written just now or long ago', async () => {
  const { drafts, clock, host, box } = rig('for Bob')
  drafts.acked(BOB, { cid: 'f', content: 'forwarded' })
  drafts.acked(BOB, { cid: 'p', content: '' })
  await clock.pass(1000)
  assert.deepEqual([host.patches, box()], [[], 'for Bob'])
  drafts.type(BOB, 'for Bob, too')
  drafts.acked(BOB, { cid: 'g', content: 'forwarded' })
  await clock.pass(1000)
  assert.deepEqual([host.draft, box()], ['for Bob, too', 'for Bob, too'])
})

test('only the last of what was sent empties it', async () => {
  const { drafts, clock, host } = rig('two')
  drafts.sent(BOB, kept('a'))
  drafts.sent(BOB, kept('b'))
  drafts.acked(BOB, { cid: 'a', content: 'one' })
  await clock.pass(1000)
  assert.equal(host.draft, 'two')
  drafts.acked(BOB, { cid: 'b', content: 'two' })
  await clock.pass(1000)
  assert.equal(host.draft, '')
})

test('what another device wrote while the ack was to come stays', async () => {
  const { drafts, clock, host, heard, box } = rig('hello')
  drafts.sent(BOB, kept('a'))
  heard('from the phone')
  drafts.acked(BOB, { cid: 'a', content: 'hello' })
  await clock.pass(1000)
  assert.deepEqual([host.draft, box()], ['from the phone', 'from the phone'])
})

test('what is written after sending stays', async () => {
  const { drafts, clock, host, box } = rig('hello')
  drafts.sent(BOB, kept('a'))
  drafts.type(BOB, 'and more')
  drafts.acked(BOB, { cid: 'a', content: 'hello' })
  await clock.pass(1000)
  assert.deepEqual([host.draft, box()], ['and more', 'and more'])
})

test('what is written, and kept by the host, while files of the message before are on their way stays', async () => {
  const { drafts, clock, host, box } = rig('the film')
  drafts.sent(BOB, kept('a'))
  assert.deepEqual([host.patches, box()], [[], ''])
  drafts.type(BOB, 'and more')
  await clock.pass(1000)
  assert.equal(host.draft, 'and more')
  drafts.acked(BOB, { cid: 'a', content: 'the film' })
  await clock.pass(1000)
  assert.deepEqual([host.draft, box()], ['and more', 'and more'])
})

test('a page that was loaded anew before the ack empties it, and so does one that took over the message of another', async () => {
  const again = rig('hello', [['duologue-i-1-draft-2', '']])
  again.drafts.recall()
  assert.equal(again.box(), '')
  again.drafts.acked(BOB, { cid: 'a', content: 'hello' })
  await again.clock.pass(1000)
  assert.deepEqual([again.host.draft, again.box(), again.local.size], ['', '', 0])

  const heir = rig('hello\n')
  heir.drafts.acked(BOB, { cid: 'a', content: 'hello' })
  await heir.clock.pass(1000)
  assert.deepEqual([heir.host.draft, heir.box()], ['', ''])
})

test('a draft that came too fast, or to a full disk, is tried again by itself; one that is not allowed is not', async () => {
  for (const [status, tries] of [[429, 2], [507, 2], [422, 1], [0, 1]]) {
    const { drafts, clock, host } = rig()
    host.refusals = [status]
    drafts.type(BOB, 'hello')
    await clock.pass(60_000)
    assert.equal(host.patches.length, tries, `after ${status}`)
  }
})

for (const sound of [true, false]) {
  test(`what no disk keeps as a message stays a draft until the ack, ${sound ? 'also when the disk fails just now' : 'when no disk answers'}`, async () => {
    for (const known of ['hello', 'hel']) {
      const page = rig()
      page.drafts.type(BOB, known)
      await page.clock.pass(600)
      if (known === 'hel') page.drafts.type(BOB, 'hello')
      page.drafts.sent(BOB, { cid: 'a', kept: Promise.resolve(false), sound })
      await page.clock.pass(1000)
      assert.deepEqual([page.host.draft, page.box()], [known, ''])

      const again = rig(page.host.draft, [...page.local])
      again.drafts.recall()
      await again.clock.pass(1000)
      assert.deepEqual([again.host.draft, again.box()], ['hello', 'hello'], 'after a reload it is there again')

      page.drafts.acked(BOB, { cid: 'a', content: 'hello' })
      await page.clock.pass(1000)
      assert.deepEqual([page.host.draft, page.box(), page.local.size], ['', '', 0])
    }
  })
}

test('a draft gives way to its message only once that is kept', async () => {
  const { drafts, clock, local } = rig()
  const key = 'duologue-i-1-draft-2'
  let keep
  drafts.type(BOB, 'hello')
  drafts.sent(BOB, { cid: 'a', kept: new Promise((yes) => { keep = yes }), sound: false })
  await clock.pass(1000)
  assert.equal(local.get(key), 'hello')
  keep(true)
  await clock.pass(0)
  assert.equal(local.get(key), '')
})

test('a message that is kept later than it was said to be is no draft any more after a reload', async () => {
  const r = rig()
  r.drafts.type(BOB, 'hello')
  r.drafts.sent(BOB, { cid: 'a', kept: Promise.resolve(false), sound: true })
  await r.clock.pass(0)
  const key = 'duologue-i-1-draft-2'
  assert.equal(r.local.get(key), 'hello')
  r.drafts.kept('another')
  assert.equal(r.local.get(key), 'hello')
  r.drafts.kept('a')
  assert.equal(r.local.get(key), '')
})
