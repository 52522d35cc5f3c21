import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCustody, GRACE, PATIENCE, TIMEOUT, INTERVAL } from '../static/js/proto/custody.js'
import { FakeClock, FakeDisk, FakeTabs, settle } from './fakes.js'

/** A browser with tabs that keep messages; what outlives a tab is shared. */
function browser() {
  const clock = new FakeClock()
  const tabs = new FakeTabs()
  const messages = new FakeDisk()
  const uploads = new FakeDisk()
  return {
    clock, tabs, messages, uploads,
    owners: () => Object.fromEntries([...messages.entries.values()].map((e) => [e.cid, e.tab])),
    async open(tab, before) {
      const t = { has: new Set(), takings: 0, unkept: 0, late: [] }
      t.custody = createCustody({ stores: { messages, uploads }, tab, tabs: tabs.of(tab, before), clock, onUnkept: () => { t.unkept++ }, onKept: (cid) => { t.late.push(cid) } })
      const handlers = () => ({
        taken: (entries) => { t.takings++; for (const e of entries) t.has.add(e.cid) },
        lost: (cids) => { for (const cid of cids) t.has.delete(cid) },
      })
      t.records = t.custody.records('messages', handlers())
      t.uploads = t.custody.records('uploads', handlers())
      t.keep = (cid, n = 1) => { t.has.add(cid); return t.records.keep({ cid, n, to: 2, content: cid, date: n, state: 'waiting' }) }
      t.drop = (cid) => { t.has.delete(cid); t.records.drop(cid) }
      t.custody.start()
      await settle()
      return t
    },
  }
}

test('a tab that says good-bye is relieved soon by one that has been there all the time', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  one.custody.end()
  await b.clock.pass(GRACE)
  assert.deepEqual([[...two.has], b.owners()], [['a'], { a: 'two' }])
})

test('a tab that goes silent is relieved after two rounds', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  b.tabs.kill('one')
  await b.clock.pass(INTERVAL)
  assert.deepEqual([...two.has], [])
  await b.clock.pass(PATIENCE)
  assert.deepEqual([[...two.has], b.owners()], [['a'], { a: 'two' }])
})

test('uploads change hands as messages do', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.uploads.keep({ cid: 'u', n: 1, to: 2, content: '', date: 1, state: 'uploading', parts: [] })
  one.custody.end()
  await b.clock.pass(GRACE)
  assert.deepEqual([...two.has], ['u'])
})

test('a page that is loaded anew finds what it left, though another tab is there', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  one.custody.end()
  const again = await b.open('one again', 'one')
  await b.clock.pass(GRACE)
  assert.deepEqual([[...again.has], [...two.has]], [['a'], []])
})

test('a tab that lives keeps what is its own', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  await b.clock.pass(5 * INTERVAL)
  assert.deepEqual([[...one.has], [...two.has], b.owners()], [['a'], [], { a: 'one' }])
})

test('of two that take over at once one gets it', async () => {
  const b = browser()
  const [one, two, three] = [await b.open('one'), await b.open('two'), await b.open('three')]
  for (const cid of ['a', 'b']) await one.keep(cid)
  one.custody.end()
  await b.clock.pass(GRACE)
  assert.equal(two.has.size + three.has.size, 2)
  for (const [t, name] of [[two, 'two'], [three, 'three']]) for (const cid of t.has) assert.equal(b.owners()[cid], name)
})

test('tabs that close in any order leave it to the last, and that one to the next', async () => {
  for (const order of [['one', 'two'], ['two', 'one']]) {
    const b = browser()
    const t = { one: await b.open('one'), two: await b.open('two') }
    await t.one.keep('a', 1)
    await t.two.keep('b', 2)
    for (const name of order) {
      t[name].custody.end()
      await b.clock.pass(GRACE)
    }
    const next = await b.open('next')
    await b.clock.pass(PATIENCE)
    assert.deepEqual([[...next.has], b.owners()], [['a', 'b'], { a: 'next', b: 'next' }])
  }
})

test('one that was only asleep lets go when it wakes, and does not take it back', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  b.tabs.freeze('one')
  await b.clock.pass(INTERVAL + PATIENCE)
  assert.deepEqual([...two.has], ['a'])
  two.drop('a')
  await settle()
  b.tabs.thaw('one')
  assert.deepEqual([...one.has], [])
})

test('one that answers late once keeps what is its own', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  for (let i = 0; i < 3; i++) {
    b.tabs.busy.add('one')
    await two.custody.reconcile()
    await two.custody.reconcile()
    b.tabs.busy.delete('one')
    await b.clock.pass(INTERVAL)
  }
  assert.deepEqual([[...one.has], [...two.has], b.owners()], [['a'], [], { a: 'one' }])
})

test('one that did not hear of it sees it on the disk', async () => {
  const b = browser()
  const one = await b.open('one')
  await one.keep('a')
  await b.messages.claim('one', 'two')
  b.tabs.of('two').join({})
  assert.equal(await one.records.keep({ cid: 'a', n: 1, state: 'waiting' }), false)
  assert.deepEqual([[...one.has], b.owners()], [[], { a: 'two' }])
  await one.keep('b')
  await b.messages.claim('one', 'two')
  await one.custody.reconcile()
  assert.deepEqual([...one.has], [])
})

test('what a tab is done with does not come back to it, even if the disk would not let it go', async () => {
  const b = browser()
  const one = await b.open('one')
  await one.keep('a')
  b.messages.broken = true
  one.drop('a')
  await settle()
  b.messages.broken = false
  await one.custody.reconcile()
  await settle()
  assert.deepEqual([[...one.has], b.owners()], [[], {}])
})

test('the next session in the same tab finds what the one before left', async () => {
  const b = browser()
  const one = await b.open('one')
  await one.keep('a')
  one.custody.end()
  assert.deepEqual([...(await b.open('one')).has], ['a'])
})

test('a tab at the door leaves to another what it kept', async () => {
  const b = browser()
  const one = await b.open('one')
  await one.keep('a')
  one.custody.end()
  const two = await b.open('two')
  await b.clock.pass(PATIENCE)
  assert.deepEqual([...two.has], ['a'])
})

test('what waits is counted as the browser keeps it, and what it could not keep as well', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  await one.uploads.keep({ cid: 'u', n: 1, state: 'uploading', parts: [] })
  await two.keep('b')
  b.messages.broken = true
  await two.keep('c')
  b.messages.broken = false
  assert.deepEqual([await one.custody.count(), await two.custody.count()], [3, 4])
  one.drop('a')
  await settle()
  assert.equal(await two.custody.count(), 3)
  await one.custody.clear()
  assert.deepEqual([b.messages.entries.size, b.uploads.entries.size], [0, 0])
})

test('what one tab cleared no other writes again', async () => {
  const b = browser()
  const [one, two] = [await b.open('one'), await b.open('two')]
  await one.keep('a')
  await one.uploads.keep({ cid: 'u', n: 1, state: 'uploading', parts: [] })
  await two.custody.clear()
  assert.equal(await one.keep('a'), false)
  assert.equal(await one.keep('b'), false)
  assert.equal(await one.uploads.keep({ cid: 'u', n: 1, state: 'paused', parts: [] }), false)
  assert.equal(await one.uploads.keepBytes('u', [new Blob(['salary'])]), false)
  await b.clock.pass(INTERVAL)
  assert.deepEqual([b.messages.entries.size, b.uploads.entries.size, b.uploads.blobs.size, one.unkept], [0, 0, 0, 0])
})

test('a disk that does not answer holds nothing up for longer than its limit, and that is said', async () => {
  const b = browser()
  b.messages.silent = b.uploads.silent = true
  const one = await b.open('one')
  let kept
  one.keep('a').then((yes) => { kept = yes })
  await b.clock.pass(TIMEOUT - 1)
  assert.deepEqual([kept, one.takings], [undefined, 0])
  await b.clock.pass(1)
  assert.deepEqual([kept, one.takings, one.unkept, one.custody.sound()], [false, 2, 1, false])
  assert.equal(await one.keep('b'), false, 'the next one does not wait')
  assert.equal(await one.custody.count(), 2)
  b.messages.answer()
  b.uploads.answer()
  await settle()
  assert.equal(await one.keep('c'), true)
  assert.deepEqual([one.custody.sound(), Object.keys(b.owners())], [true, ['a', 'b', 'c']])
})

test('a round that waits for other tabs is no silent disk', async () => {
  const b = browser()
  const other = await b.open('other')
  await other.keep('a')
  const one = await b.open('one')
  await b.clock.pass(TIMEOUT - 1)
  b.tabs.slow = () => new Promise((go) => b.clock.set(go, 300))
  one.custody.reconcile()
  await b.clock.pass(1)
  assert.equal(one.custody.sound(), true)
  assert.equal(await one.keep('b'), true)
  assert.equal(one.unkept, 0)
})

test('a disk that answers again is trusted again, whatever it was asked', async () => {
  const b = browser()
  b.messages.silent = b.uploads.silent = true
  const one = await b.open('one')
  await b.clock.pass(TIMEOUT)
  assert.equal(one.custody.sound(), false)
  b.messages.answer()
  b.uploads.answer()
  await settle()
  assert.equal(one.custody.sound(), true)
  assert.equal(await one.keep('a'), true)
  assert.equal(one.unkept, 0)
})

test('what is written down late is kept, and that is said', async () => {
  const b = browser()
  const one = await b.open('one')
  b.messages.silent = true
  let kept
  one.keep('a').then((yes) => { kept = yes })
  await b.clock.pass(TIMEOUT)
  assert.deepEqual([kept, one.late], [false, []])
  b.messages.answer()
  await settle()
  assert.deepEqual([one.late, one.custody.sound(), b.owners()], [['a'], true, { a: 'one' }])
  await b.messages.claim('one', 'two')
  b.tabs.of('two').join({})
  await one.custody.reconcile()
  assert.deepEqual([...one.has], [], 'and another tab can take it over')
})

test('what the disk hands out late is not lost', async () => {
  const b = browser()
  const dead = await b.open('dead')
  await dead.keep('a')
  b.tabs.kill('dead')
  b.messages.silent = true
  const one = await b.open('one', 'dead')
  await b.clock.pass(TIMEOUT)
  assert.deepEqual([one.takings, one.has.size], [2, 0])
  b.messages.answer()
  await settle()
  assert.deepEqual([...one.has], ['a'])
})
