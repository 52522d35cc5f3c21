import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCustody, GRACE, INTERVAL, PATIENCE, TIMEOUT } from '../static/js/proto/custody.js'
import { createOutbox } from '../static/js/proto/outbox.js'
import { FakeClock, FakeDisk, FakeTabs, settle } from './fakes.js'

let names = 0
function setup({ disk = new FakeDisk(), tab = 'tab-a', before = '', tabs = new FakeTabs(), clock = new FakeClock() } = {}) {
  const wire = []
  const called = []
  const custody = createCustody({ stores: { messages: disk, uploads: new FakeDisk() }, tab, tabs: tabs.of(tab, before), clock, onUnkept: () => { wire.push('unkept') } })
  const box = createOutbox({
    custody, clock, now: clock.now,
    newCid: () => `cid-${++names}`,
    send: (f) => { wire.push(f); return true },
    call: (f) => { called.push(f) },
    onChange: () => {},
    onOverdue: () => { wire.push('overdue') },
  })
  /** Until it is known what was left. */
  const start = async () => { custody.start(); await settle() }
  const texts = () => wire.filter((f) => f.content).map((f) => f.content)
  const ack = (content, ev = 100) => box.ack({ type: 'ack', cid: [...called, ...wire].findLast((f) => f.content === content).cid, who: 2, seq: 1, ev, date: 5 })
  const refuse = (content, code, retry_after) => box.error({ type: 'error', cid: [...called, ...wire].findLast((f) => f.content === content).cid, code, message: '', retry_after })
  return { box, custody, start, wire, called, disk, tabs, clock, texts, ack, refuse }
}
const state = (s) => s.box.entries().map((e) => `${e.content}:${e.state}`)

test('keeps on disk before sending, in the order of writing', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  s.box.add(3, 'b')
  assert.deepEqual(s.texts(), [])
  await settle()
  assert.deepEqual(s.texts(), ['a', 'b'])
  assert.equal(s.disk.entries.size, 2)
})

test('an entry leaves by its ack, and is shown until its event came', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  await settle()
  assert.equal(s.ack('a', 58).content, 'a')
  await settle()
  assert.equal(s.disk.entries.size, 0)
  assert.deepEqual(state(s), ['a:done'])
  s.box.reached(57)
  assert.deepEqual(state(s), ['a:done'])
  s.box.reached(58)
  assert.deepEqual(state(s), [])
  assert.equal(s.ack('a'), undefined)
})

test('an entry leaves by the message that came, when the ack was lost', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  await settle()
  s.box.came({ cid: s.wire[0].cid })
  await settle()
  assert.deepEqual(state(s), [])
  assert.equal(s.disk.entries.size, 0)
})

test('waits while cut off, and goes out again in order with the same names', async () => {
  const s = setup()
  await s.start()
  s.box.add(2, 'a')
  s.box.add(2, 'b')
  await settle()
  assert.deepEqual(state(s), ['a:waiting', 'b:waiting'])
  s.box.up()
  assert.deepEqual(s.texts(), ['a', 'b'])
  s.box.down()
  assert.deepEqual(state(s), ['a:waiting', 'b:waiting'])
  s.box.up()
  assert.deepEqual(s.texts(), ['a', 'b', 'a', 'b'])
  assert.equal(s.wire[0].cid, s.wire[2].cid)
})

test('has at most sixteen under way', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  for (let i = 0; i < 40; i++) s.box.add(2, `m${i}`)
  await settle()
  assert.equal(s.texts().length, 16)
  s.ack('m0')
  assert.equal(s.texts().length, 17)
  assert.equal(s.texts().at(-1), 'm16')
})

test('survives a reload: a new tab takes over what a dead one left, before anything newer', async () => {
  const disk = new FakeDisk()
  const clock = new FakeClock()
  const before = setup({ disk, clock })
  before.box.up()
  await before.start()
  before.box.add(2, 'a')
  before.box.add(2, 'b')
  await settle()
  const after = setup({ disk, clock, tab: 'tab-b', before: 'tab-a' })
  after.box.up()
  after.box.add(2, 'c')
  await after.start()
  await settle()
  assert.deepEqual(after.texts(), ['a', 'b', 'c'])
  assert.equal(after.wire[0].cid, before.wire[0].cid)
  assert.ok([...disk.entries.values()].every((e) => e.tab === 'tab-b'))
})

test('leaves alone what a living tab is sending', async () => {
  const disk = new FakeDisk()
  const one = setup({ disk })
  one.box.add(2, 'a')
  await settle()
  await one.start()
  const two = setup({ disk, tab: 'tab-b', tabs: one.tabs })
  two.box.up()
  await two.start()
  assert.deepEqual(two.texts(), [])
})

test('two tabs that find the same dead one send its entries once', async () => {
  const disk = new FakeDisk()
  const dead = setup({ disk, tab: 'dead' })
  dead.box.add(2, 'a')
  await settle()
  const tabs = new FakeTabs()
  const [x, y] = ['x', 'y'].map((tab) => setup({ disk, tab, tabs, before: 'dead' }))
  for (const s of [x, y]) s.box.up()
  await Promise.all([x.start(), y.start()])
  assert.deepEqual([...x.texts(), ...y.texts()], ['a'])
})

test('a refusal that passes holds everything behind it, then the refused one goes first and alone', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  for (const m of ['a', 'b', 'c']) s.box.add(2, m)
  await settle()
  s.ack('a')
  s.refuse('b', 'rate', 700)
  s.refuse('c', 'rate', 700)
  s.box.add(2, 'd')
  await settle()
  assert.deepEqual(s.texts(), ['a', 'b', 'c'])
  assert.deepEqual(state(s), ['a:done', 'b:waiting', 'c:waiting', 'd:waiting'])
  await s.clock.pass(700)
  assert.deepEqual(s.texts(), ['a', 'b', 'c', 'b'])
  s.ack('b')
  assert.deepEqual(s.texts(), ['a', 'b', 'c', 'b', 'c', 'd'])
})

test('nothing overtakes a refused one whose followers have not been answered yet', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  s.box.add(2, 'b')
  await settle()
  s.refuse('a', 'storage_full', 500)
  await s.clock.pass(1_000)
  assert.deepEqual(s.texts(), ['a', 'b'])
  s.refuse('b', 'storage_full', 500)
  assert.deepEqual(s.texts(), ['a', 'b', 'a'])
})

test('another error means failed, which holds nobody, survives a reload and can be tried again', async () => {
  const disk = new FakeDisk()
  const s = setup({ disk })
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  s.box.add(2, 'b')
  await settle()
  s.refuse('a', 'gone')
  s.ack('b')
  await settle()
  assert.deepEqual(state(s), ['a:failed', 'b:done'])
  const after = setup({ disk, tab: 'tab-b', before: 'tab-a' })
  after.box.up()
  await after.start()
  assert.deepEqual(state(after), ['a:failed'])
  assert.deepEqual(after.texts(), [])
  after.box.retry(after.box.entries()[0].cid)
  await settle()
  assert.deepEqual(after.texts(), ['a'])
  assert.equal(after.wire[0].cid, s.wire[0].cid)
})

test('only what surely never left, or failed, can be withdrawn', async () => {
  const s = setup()
  await s.start()
  s.box.add(2, 'a')
  s.box.add(2, 'b')
  await settle()
  s.box.withdraw(s.box.entries()[1].cid)
  assert.deepEqual(state(s), ['a:waiting'])
  s.box.up()
  s.box.down()
  s.box.withdraw(s.box.entries()[0].cid)
  assert.deepEqual(state(s), ['a:waiting'])
})

test('what was withdrawn comes back as it was, in its place', async () => {
  const s = setup()
  await s.start()
  for (const text of ['a', 'b', 'c']) s.box.add(2, text)
  await settle()
  const [, b] = s.box.entries()
  assert.equal(s.box.withdraw(b.cid), true)
  assert.equal(s.box.withdraw(b.cid), false)
  s.box.restore(b)
  s.box.restore(b)
  await settle()
  assert.deepEqual([state(s), s.disk.entries.size], [['a:waiting', 'b:waiting', 'c:waiting'], 3])
  s.box.up()
  assert.deepEqual(s.texts(), ['a', 'b', 'c'])
})

test('without a disk it still sends', async () => {
  const disk = new FakeDisk()
  disk.broken = true
  const s = setup({ disk })
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  await settle()
  assert.deepEqual(s.texts(), ['a'])
  assert.ok(s.wire.includes('unkept'))
})

test('an answer that takes too long makes the socket suspect', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  await s.clock.pass(5_000)
  assert.equal(s.wire.at(-1), 'overdue')
})

test('what is taken over while this tab sends goes out behind what it has, in its order', async () => {
  const disk = new FakeDisk()
  const one = setup({ disk })
  await one.start()
  for (const m of ['a', 'b']) one.box.add(2, m)
  const two = setup({ disk, tab: 'tab-b', tabs: one.tabs, clock: one.clock })
  await two.start()
  two.box.up()
  two.box.add(2, 'mine')
  await settle()
  assert.deepEqual(two.texts(), ['mine'])
  one.custody.end()
  await one.clock.pass(GRACE)
  assert.deepEqual(two.texts(), ['mine', 'a', 'b'])
})

/** Two tabs; the second took over what the first had to send, for that one was busy for too long. */
async function mistaken(...texts) {
  const one = setup()
  await one.start()
  for (const m of texts) one.box.add(2, m)
  await settle()
  const two = setup({ disk: one.disk, tab: 'tab-b', tabs: one.tabs, clock: one.clock })
  one.tabs.busy.add('tab-a')
  await two.start()
  await one.clock.pass(PATIENCE)
  one.tabs.busy.clear()
  assert.deepEqual([state(one), state(two)], [[], texts.map((m) => `${m}:waiting`)])
  return { one, two }
}

test('what is written after a takeover by mistake waits for what the other tab has to send', async () => {
  const { one, two } = await mistaken('a', 'b')
  one.box.up()
  one.box.add(2, 'c')
  await settle()
  assert.deepEqual(one.texts(), [])
  two.box.up()
  for (const f of two.wire.slice()) {
    assert.deepEqual(one.texts(), [])
    two.ack(f.content)
    one.box.came({ cid: f.cid })
  }
  assert.deepEqual([two.texts(), one.texts()], [['a', 'b'], ['c']])
})

test('nor for ever: what the other tab withdrew, or could not send, holds nobody', async () => {
  const { one, two } = await mistaken('a', 'b')
  one.box.up()
  one.box.add(2, 'c')
  two.box.up()
  await settle()
  two.ack('a')
  two.refuse('b', 'gone')
  await settle()
  assert.deepEqual(one.texts(), [])
  await one.clock.pass(INTERVAL)
  assert.deepEqual(one.texts(), ['c'])
})

test('what another tab took over is let go of, but for the way that its refusal closed', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  for (const m of ['a', 'b']) s.box.add(2, m)
  await settle()
  s.refuse('a', 'rate', 500)
  s.refuse('b', 'rate', 500)
  s.tabs.of('other').took([s.wire[0].cid])
  assert.deepEqual(state(s), ['b:waiting'])
  await s.clock.pass(500)
  assert.deepEqual(s.texts(), ['a', 'b', 'a'], 'the host takes nothing else before it')
  s.ack('a')
  assert.deepEqual(s.texts(), ['a', 'b', 'a', 'b'])
})

test('what comes back while a refused one waits does not go before it', async () => {
  const s = setup()
  await s.start()
  for (const m of ['a', 'b']) s.box.add(2, m)
  await settle()
  const [a] = s.box.entries()
  s.box.withdraw(a.cid)
  s.box.up()
  s.refuse('b', 'rate', 500)
  s.box.restore(a)
  await s.clock.pass(500)
  assert.deepEqual(s.texts(), ['b', 'b'])
})

test('what no frame can carry goes by a call, alone and in its place', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  const large = '\u001b'.repeat(12_000)
  for (const m of ['a', large, 'b']) s.box.add(2, m)
  await settle()
  assert.deepEqual([s.texts(), s.called.length], [['a'], 0])
  s.ack('a')
  assert.deepEqual([s.texts(), s.called.map((f) => f.content)], [['a'], [large]])
  s.ack(large)
  assert.deepEqual(s.texts(), ['a', 'b'])
})

test('a frame is measured in bytes', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  const [fits, tooLarge] = ['語'.repeat(21_500), '語'.repeat(22_000)]
  for (const m of [fits, tooLarge]) s.box.add(2, m)
  await settle()
  s.ack(fits)
  assert.deepEqual([s.texts(), s.called.length], [[fits], 1])
})

test('what sockets break at is asked about by a call, and fails where it can be seen', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  for (const m of ['a', 'b']) s.box.add(2, m)
  await settle()
  for (let i = 0; i < 2; i++) {
    s.box.down()
    s.box.up()
  }
  assert.deepEqual(s.called.map((f) => f.content), ['a'])
  s.refuse('a', 'invalid')
  assert.deepEqual(state(s), ['a:failed', 'b:sending'])
  assert.equal(s.box.withdraw(s.box.entries()[0].cid), true)
})

test('a call that does not get through is made again', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, '\u001b'.repeat(12_000))
  await settle()
  s.box.error({ type: 'error', cid: s.called[0].cid, code: 'offline', message: '' })
  await s.clock.pass(2_000)
  assert.equal(s.called.length, 2)
})

test('half an emoji is no text', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  s.box.add(2, 'cut \ud83d here')
  await s.box.give({ cid: 'given', to: 2, content: '\ude00', date: 1 })
  s.box.add(2, 'whole 😀')
  await settle()
  assert.deepEqual(s.texts(), ['cut \ufffd here', '\ufffd', 'whole 😀'])
  assert.deepEqual([...s.disk.entries.values()].map((e) => e.content), s.texts())
})

test('a refusal without a name is about the oldest in flight, if about any', async () => {
  const s = setup()
  s.box.up()
  await s.start()
  for (const m of ['a', 'b']) s.box.add(2, m)
  await settle()
  const nameless = { type: 'error', code: 'invalid', message: '' }
  s.box.error(nameless)
  s.ack('b')
  assert.deepEqual([state(s), s.called.map((f) => f.content)], [['a:sending', 'b:done'], ['a']])
  s.refuse('a', 'invalid')
  assert.deepEqual(state(s), ['a:failed', 'b:done'])

  // It may have been about something else.
  s.box.add(2, 'c')
  await settle()
  s.box.error(nameless)
  s.ack('c')
  assert.deepEqual(state(s), ['a:failed', 'b:done', 'c:done'])
  s.box.error(nameless)
})

test('a disk that does not answer holds sending for its limit at most', async () => {
  const disk = new FakeDisk()
  disk.silent = true
  const s = setup({ disk })
  s.box.up()
  await s.start()
  s.box.add(2, 'a')
  await s.clock.pass(TIMEOUT)
  assert.deepEqual([s.texts(), s.wire.includes('unkept')], [['a'], true])
  s.box.add(2, 'b')
  await settle()
  assert.deepEqual(s.texts(), ['a', 'b'])
})

test('what is given twice is kept only if it is on disk, or at the host', async () => {
  const s = setup()
  await s.start()
  const what = { cid: 'given', to: 2, content: 'a', date: 1 }
  s.disk.broken = true
  assert.equal(await s.box.give(what), false)
  s.disk.broken = false
  assert.equal(await s.box.give(what), false)
  s.box.up()
  s.ack('a')
  assert.equal(await s.box.give(what), true)
  const kept = { ...what, cid: 'kept' }
  assert.deepEqual([await s.box.give(kept), await s.box.give(kept)], [true, true])
})
