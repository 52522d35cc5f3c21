import assert from 'node:assert/strict'
import { test } from 'node:test'
import { THREAD_MAX, failed, first, follow, left, loading, missed, newer, older, opened } from '../static/js/proto/thread.js'

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
  t = older(t, { messages: run(2, 4), more: false })
  assert.deepEqual(t.items.map((x) => x.content), ['m2', 'edited', 'm5', 'm6'])
})

test('scrolling back keeps at most as many as fit, and knows that it left the end', () => {
  let t = first(opened(), { messages: run(1000, 1000 + THREAD_MAX - 1), more: true }, false)
  t = older(loading(t, 'older'), { messages: run(950, 999), more: true })
  assert.equal(t.items.length, THREAD_MAX)
  assert.equal(t.items[0].seq, 950)
  assert.equal(t.newer, true)
  assert.deepEqual(follow(t, arrives(5000)).items, t.items)
  t = newer(loading(t, 'newer'), { messages: run(950 + THREAD_MAX, 1000 + THREAD_MAX - 1), more: false })
  assert.equal(t.newer, false)
  assert.equal(t.more, true)
  assert.equal(t.items.at(-1).seq, 1000 + THREAD_MAX - 1)
})

test('what arrives while the last newer page is on its way joins it', () => {
  let t = first(opened(), { messages: run(1, 3), more: false }, true)
  t = loading(t, 'newer')
  t = follow(t, arrives(7))
  t = newer(t, { messages: run(4, 6), more: false })
  assert.deepEqual(seqs(t), [1, 2, 3, 4, 5, 6, 7])
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
  const t = first(opened(), { messages: run(1, 300), more: false }, false)
  assert.deepEqual(seqs(left(t, 100)), run(201, 300).map((x) => x.seq))
  assert.equal(left(t, 100).more, true)
  assert.equal(left({ ...t, newer: true }, 100), undefined)
})

test('after a reset the chat on screen stays until the same part was read again, and what arrives meanwhile joins it', () => {
  const t = first(opened(), { messages: run(1, 50), more: false }, false)
  const all = missed(new Map([[2, t], [3, t], [4, opened()]]), 2)
  assert.deepEqual([...all.keys()], [2])
  assert.equal(all.get(2).stale, true)
  assert.equal(missed(new Map([[4, opened()]]), 4).size, 0)
  let u = loading(all.get(2), 'first')
  u = follow(u, arrives(51))
  assert.equal(u.items.length, 51)
  u = first(u, { messages: run(11, 50), more: true }, false)
  assert.deepEqual(seqs(u), run(11, 51).map((x) => x.seq))
  assert.equal(u.stale, false)
  assert.equal(left(all.get(2), 100), undefined)
})

test('a page that could not be loaded says which', () => {
  const t = failed(loading(first(opened(), { messages: run(5, 9), more: true }, false), 'older'))
  assert.equal(t.failed, 'older')
  assert.equal(t.loading, '')
  assert.equal(loading(t, 'older').failed, '')
})
