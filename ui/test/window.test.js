import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BEGIN, SPARE, STEP, THREAD_MAX, down, failed, first, follow, holdsAfter, left, loading, missed, newer, newest, older, oldest, opened, up } from '../static/js/proto/window.js'

const m = (seq, content = `m${seq}`) => ({ seq, cid: `c${seq}`, user: 2, name: 'B', date: seq, content })
const run = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => m(from + i))
const arrives = (seq) => ({ type: 'event', kind: 'message', who: 2, message: m(seq) })
const seqs = (t) => t.items.map((x) => x.seq)

test('a page and what arrives after it', () => {
  let t = first(opened(), { messages: run(5, 7), more: true }, false)
  t = follow(t, arrives(8))
  t = follow(t, arrives(8))
  assert.deepEqual(seqs(t), [5, 6, 7, 8])
})

test('what arrives while the first page is on its way is not lost and not doubled', () => {
  let t = opened()
  t = follow(t, arrives(7))
  t = follow(t, arrives(8))
  t = first(t, { messages: run(5, 7), more: true }, false)
  assert.deepEqual(seqs(t), [5, 6, 7, 8])
})

test('a change that overtakes the page wins', () => {
  let t = loading(first(opened(), { messages: run(5, 6), more: true }, false), 'older')
  t = follow(t, { kind: 'changed', who: 2, message: m(4, 'edited') })
  t = follow(t, { kind: 'removed', who: 2, seq: 3 })
  t = up(older(t, { messages: run(2, 4), more: false }, 5))
  assert.deepEqual(t.items.map((x) => x.content), ['m2', 'edited', 'm5', 'm6'])
})

/** Draws all that is held ready, and sees that each step is small. */
function draw(t, step, side) {
  while (t[side].length) {
    const before = new Set(t.items)
    t = step(t)
    assert.ok(t.items.filter((x) => !before.has(x)).length <= STEP)
    assert.ok(t.items.length <= THREAD_MAX && t.above.length <= SPARE + 50 && t.below.length <= SPARE + 50)
    const all = seqs({ items: [...t.above, ...t.items, ...t.below] })
    assert.deepEqual(all, run(all[0], all.at(-1)).map((x) => x.seq), 'a hole')
  }
  return t
}

test('back to the beginning and to the end again, in small steps and without a hole', () => {
  const end = 1000
  let t = first(opened(), { messages: run(951, end), more: true }, false)
  assert.equal(t.items.length, BEGIN)
  assert.equal(t.newer, false)
  while (t.more) {
    t = draw(t, up, 'above')
    if (!t.further) break
    const before = oldest(t)
    t = older(loading(t, 'older'), { messages: run(Math.max(1, before - 50), before - 1), more: before > 51 }, before)
  }
  assert.equal(t.items[0].seq, 1)
  assert.equal(t.newer, true)
  assert.deepEqual(follow(t, arrives(1001)).items, t.items)
  t = follow(t, arrives(1001))
  while (t.newer) {
    t = draw(t, down, 'below')
    if (!t.later) break
    const after = newest(t)
    t = newer(loading(t, 'newer'), { messages: run(after + 1, Math.min(after + 50, end + 1)), more: after + 50 < end + 1 }, after)
  }
  assert.equal(t.items.at(-1).seq, 1001)
  assert.equal(t.more, true)
})

test('a page whose edge is no longer there is not joined', () => {
  let t = first(opened(), { messages: run(100, 140), more: true }, false)
  const before = oldest(t)
  t = loading(t, 'older')
  for (let i = 141; i < 141 + THREAD_MAX + SPARE; i++) t = follow(t, arrives(i))
  assert.ok(oldest(t) > before)
  const joined = older(t, { messages: run(50, 99), more: true }, before)
  assert.equal(oldest(joined), oldest(t))
  assert.equal(joined.loading, '')
  assert.equal(joined.more, true)
})

test('what is changed or removed among those held ready is drawn as it is now', () => {
  let t = first(opened(), { messages: run(1, 50), more: false }, false)
  t = follow(t, { kind: 'changed', message: m(20, 'edited') })
  t = follow(t, { kind: 'removed', seq: 19 })
  while (t.above.length) t = up(t)
  assert.deepEqual(t.items.map((x) => x.content).slice(16, 20), ['m17', 'm18', 'edited', 'm21'])
})

test('around a place, it is drawn with what comes before and more of what comes after', () => {
  const t = first(opened(), { messages: run(1, 100), more: true }, true, 50)
  assert.equal(t.items.length, BEGIN)
  assert.ok(t.items[5].seq < 50 && t.items.at(-5).seq > 50)
  assert.ok(t.more && t.newer)
})

test('what arrives while the last newer page is on its way joins it', () => {
  let t = first(opened(), { messages: run(1, 3), more: false }, true)
  t = loading(t, 'newer')
  t = follow(t, arrives(7))
  t = down(newer(t, { messages: run(4, 6), more: false }, 3))
  assert.deepEqual(seqs(t), [1, 2, 3, 4, 5, 6, 7])
  assert.equal(t.newer, false)
})

test('it is known whether the first unread is drawn', () => {
  const t = first(opened(), { messages: run(51, 80), more: true }, false)
  assert.deepEqual([40, 49, 50, 60].map((read) => holdsAfter(t, read)), [false, false, true, true])
  const all = first(opened(), { messages: run(3, 20), more: false }, false)
  assert.ok(holdsAfter(all, 1), 'what came before is removed')
  const grown = first(opened(), { messages: run(1, 80), more: false }, false)
  assert.deepEqual([seqs(grown)[0], holdsAfter(grown, 49), holdsAfter(grown, 50)], [51, false, true])
})

test('a removed message goes, a changed one stays in its place', () => {
  let t = first(opened(), { messages: run(1, 3), more: false }, false)
  t = follow(t, { kind: 'changed', message: m(2, 'x') })
  t = follow(t, { kind: 'removed', seq: 1 })
  assert.deepEqual(t.items.map((x) => x.content), ['x', 'm3'])
})

test('a long chat at its end stays bounded', () => {
  let t = first(opened(), { messages: run(1, 50), more: false }, false)
  for (let i = 51; i < 51 + THREAD_MAX; i++) t = follow(t, arrives(i))
  assert.equal(t.items.length, THREAD_MAX)
  assert.equal(t.more, true)
})

test('a chat that is left keeps a little, and nothing when it was not at its end', () => {
  const t = first(opened(), { messages: run(201, 300), more: true }, false)
  assert.equal(left({ ...t, newer: true }), undefined)
  assert.deepEqual(seqs(left(t)), run(271, 300).map((x) => x.seq))
  assert.equal(left(t).above.length, 70)
  assert.equal(left(t).more, true)
})

test('after a reset the chat on screen stays until the same part was read again, and what arrives meanwhile joins it', () => {
  const t = first(opened(), { messages: run(1, 50), more: false }, false)
  const all = missed(new Map([[2, t], [3, t], [4, opened()]]), 2)
  assert.deepEqual([...all.keys()], [2])
  assert.equal(all.get(2).stale, true)
  assert.equal(missed(new Map([[4, opened()]]), 4).size, 0)
  let u = loading(all.get(2), 'first')
  u = follow(u, arrives(51))
  assert.equal(u.items.at(-1).seq, 51)
  u = first(u, { messages: run(11, 50), more: true }, false)
  assert.deepEqual([oldest(u), newest(u)], [11, 51])
  assert.equal(u.stale, false)
  assert.equal(left(all.get(2)), undefined)
})

test('a page that could not be loaded says which', () => {
  const t = failed(loading(first(opened(), { messages: run(5, 9), more: true }, false), 'older'))
  assert.equal(t.failed, 'older')
  assert.equal(t.loading, '')
  assert.equal(loading(t, 'older').failed, '')
})
