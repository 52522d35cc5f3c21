import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BEGIN, DRAWN_MAX, SPARE, STEP, drawNewer, drawOlder, hasNewer, hasOlder, holdsAfter, newest, oldest, rangeOf } from '../static/js/proto/messagerange.js'
import { asked, atEnd, drawn, follow, joinedNewer, joinedOlder, left, missed, opening, refused, replaced, retried, shown } from '../static/js/proto/window.js'

const m = (seq, content = `m${seq}`, user = 2) => ({ seq, cid: `c${seq}`, user, name: 'B', date: seq, content })
const run = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => m(from + i))
const arrives = (seq, user) => ({ type: 'event', kind: 'message', who: 2, message: m(seq, undefined, user) })
const changes = (seq, content) => ({ type: 'event', kind: 'changed', who: 2, message: m(seq, content) })
const goes = (seq) => ({ type: 'event', kind: 'removed', who: 2, seq })
const seqs = (w) => drawn(w, 1).map((x) => x.seq)
const contents = (w) => drawn(w, 1).map((x) => x.content)
/** A window whose first page has come. */
const loaded = (from, to, { more = false, later = false, at } = {}) => replaced(opening(), { messages: run(from, to), more }, later, at)
const draw = (w, step) => ({ ...w, range: step(w.range) })

test('a page and what arrives after it', () => {
  let w = loaded(5, 7, { more: true })
  w = follow(w, arrives(8))
  w = follow(w, arrives(8))
  assert.deepEqual(seqs(w), [5, 6, 7, 8])
})

test('what arrives while the first page is on its way is not lost and not doubled', () => {
  let w = opening()
  w = follow(w, arrives(7))
  w = follow(w, arrives(8))
  assert.deepEqual(seqs(w), [])
  w = replaced(w, { messages: run(5, 7), more: true }, false)
  assert.deepEqual(seqs(w), [5, 6, 7, 8])
})

test('a change that overtakes the page wins', () => {
  let w = asked(loaded(5, 6, { more: true }), 'older')
  w = follow(w, changes(4, 'edited'))
  w = follow(w, goes(3))
  w = draw(joinedOlder(w, { messages: run(2, 4), more: false }, 5), drawOlder)
  assert.deepEqual(contents(w), ['m2', 'edited', 'm5', 'm6'])
})

/** Draws all that is held ready, and sees that each step is small. */
function drawAll(w, step, side) {
  while (w.range[side].length) {
    const before = new Set(w.range.items)
    w = draw(w, step)
    const { above, items, below } = w.range
    assert.ok(items.filter((x) => !before.has(x)).length <= STEP)
    assert.ok(items.length <= DRAWN_MAX && above.length <= SPARE + 50 && below.length <= SPARE + 50)
    const all = [...above, ...items, ...below].map((x) => x.seq)
    assert.deepEqual(all, run(all[0], all.at(-1)).map((x) => x.seq), 'a hole')
  }
  return w
}

test('back to the beginning and to the end again, in small steps and without a hole', () => {
  const end = 1000
  let w = loaded(951, end, { more: true })
  assert.equal(seqs(w).length, BEGIN)
  assert.equal(hasNewer(w.range), false)
  while (hasOlder(w.range)) {
    w = drawAll(w, drawOlder, 'above')
    if (!w.range.further) break
    const before = oldest(w.range)
    w = joinedOlder(asked(w, 'older'), { messages: run(Math.max(1, before - 50), before - 1), more: before > 51 }, before)
  }
  assert.equal(seqs(w)[0], 1)
  assert.equal(hasNewer(w.range), true)
  assert.deepEqual(seqs(follow(w, arrives(1001))), seqs(w))
  w = follow(w, arrives(1001))
  while (hasNewer(w.range)) {
    w = drawAll(w, drawNewer, 'below')
    if (!w.range.later) break
    const after = newest(w.range)
    w = joinedNewer(asked(w, 'newer'), { messages: run(after + 1, Math.min(after + 50, end + 1)), more: after + 50 < end + 1 }, after)
  }
  assert.equal(seqs(w).at(-1), 1001)
  assert.equal(hasOlder(w.range), true)
})

test('a page whose edge is no longer there is not joined', () => {
  let w = loaded(100, 140, { more: true })
  const before = oldest(w.range)
  w = asked(w, 'older')
  for (let i = 141; i < 141 + DRAWN_MAX + SPARE; i++) w = follow(w, arrives(i))
  assert.ok(oldest(w.range) > before)
  const joined = joinedOlder(w, { messages: run(50, 99), more: true }, before)
  assert.equal(oldest(joined.range), oldest(w.range))
  assert.equal(joined.paging, 'idle')
  assert.equal(hasOlder(joined.range), true)
})

test('what is changed or removed among those held ready is drawn as it is now', () => {
  let w = loaded(1, 50)
  w = follow(w, changes(20, 'edited'))
  w = follow(w, goes(19))
  while (w.range.above.length) w = draw(w, drawOlder)
  assert.deepEqual(contents(w).slice(16, 20), ['m17', 'm18', 'edited', 'm21'])
})

test('around a place, it is drawn with what comes before and more of what comes after', () => {
  const w = loaded(1, 100, { more: true, later: true, at: 50 })
  assert.equal(seqs(w).length, BEGIN)
  assert.ok(seqs(w)[5] < 50 && seqs(w).at(-5) > 50)
  assert.ok(hasOlder(w.range) && hasNewer(w.range))
})

test('what arrives while the last newer page is on its way joins it', () => {
  let w = asked(loaded(1, 3, { later: true }), 'newer')
  w = follow(w, arrives(7))
  w = draw(joinedNewer(w, { messages: run(4, 6), more: false }, 3), drawNewer)
  assert.deepEqual(seqs(w), [1, 2, 3, 4, 5, 6, 7])
  assert.equal(hasNewer(w.range), false)
})

test('it is known whether the first unread is drawn', () => {
  const { range } = loaded(51, 80, { more: true })
  assert.deepEqual([40, 49, 50, 60].map((read) => holdsAfter(range, read)), [false, false, true, true])
  assert.ok(holdsAfter(loaded(3, 20).range, 1), 'what came before is removed')
  const grown = loaded(1, 80)
  assert.deepEqual([seqs(grown)[0], holdsAfter(grown.range, 49), holdsAfter(grown.range, 50)], [51, false, true])
})

test('a removed message goes, a changed one stays in its place', () => {
  let w = loaded(1, 3)
  w = follow(w, changes(2, 'x'))
  w = follow(w, goes(1))
  assert.deepEqual(contents(w), ['x', 'm3'])
})

test('when all that is drawn is removed elsewhere, what is held ready is drawn, and what is not held is asked for', () => {
  let w = loaded(1, 50, { more: true })
  for (const seq of seqs(w)) w = follow(w, goes(seq))
  assert.deepEqual(seqs(w), run(11, 20).map((x) => x.seq))
  for (let i = 20; i > 1; i--) w = follow(w, goes(i))
  assert.deepEqual(seqs(w), [1])
  assert.equal(follow(w, goes(1)), undefined)
  assert.deepEqual(seqs(follow(loaded(1, 1), goes(1))), [], 'a chat that has nothing more is empty')
  assert.equal(rangeOf([], true, false), undefined)
})

test('a long chat at its end stays bounded', () => {
  let w = loaded(1, 50)
  for (let i = 51; i < 51 + DRAWN_MAX; i++) w = follow(w, arrives(i))
  assert.equal(seqs(w).length, DRAWN_MAX)
  assert.equal(hasOlder(w.range), true)
})

test('a chat that is left keeps a little, and nothing when it was not at its end', () => {
  assert.equal(left(loaded(201, 300, { more: true, later: true })), undefined)
  assert.equal(left(asked(loaded(201, 300), 'all')), undefined)
  const w = left(loaded(201, 300, { more: true }))
  assert.deepEqual(seqs(w), run(271, 300).map((x) => x.seq))
  assert.equal(w.range.above.length, 70)
  assert.equal(hasOlder(w.range), true)
})

test('after a reset the chat on screen stays until the same part was read again, and what arrives meanwhile joins it', () => {
  const all = missed(new Map([[2, loaded(1, 50)], [3, loaded(1, 50)], [4, opening()]]), 2)
  assert.deepEqual([...all.keys()], [2])
  assert.deepEqual([all.get(2).state, all.get(2).refresh], ['stale', 'wanted'])
  assert.equal(missed(new Map([[4, opening()]]), 4).size, 0)
  assert.equal(left(all.get(2)), undefined)
  let w = asked(all.get(2), 'all')
  w = follow(w, arrives(51))
  w = follow(w, arrives(52, 1))
  w = follow(w, goes(49))
  assert.deepEqual(drawn(w, 1).map((x) => x.seq).slice(-3), [48, 50, 52], 'of what nobody knows the place of, only my own is on screen')
  w = replaced(w, { messages: run(11, 50), more: true }, false)
  assert.deepEqual([w.state, oldest(w.range), newest(w.range)], ['ready', 11, 52])
  assert.ok(!seqs(w).includes(49))
})

test('a message of mine stays on screen when what could not be read is asked for again', () => {
  let w = refused(asked(missed(new Map([[2, loaded(1, 3)]]), 2).get(2), 'all'))
  w = follow(w, arrives(4, 1))
  w = asked(retried(w), 'all')
  assert.deepEqual(seqs(w), [1, 2, 3, 4])
  w = replaced(w, { messages: run(1, 3), more: false }, false)
  assert.deepEqual(seqs(w), [1, 2, 3, 4], 'a page that was read before it came does not have it')
})

test('a page that could not be loaded says which, and can be asked for again', () => {
  const w = refused(asked(loaded(5, 9, { more: true }), 'older'))
  assert.equal(w.paging, 'failed-older')
  assert.equal(asked(w, 'older').paging, 'loading-older')
  assert.equal(retried(w).paging, 'idle')
  assert.equal(refused(asked(w, 'all')).paging, 'idle', 'a jump that failed leaves the window as it was')
})

test('a window whose first page failed takes nothing, shows nothing and stands at no end', () => {
  const w = follow(refused(opening()), arrives(41))
  assert.deepEqual(w, { state: 'failed' })
  assert.deepEqual([shown(w), seqs(w), atEnd(w), retried(w)], [undefined, [], false, undefined])
})

test('a window that could not be read again takes nothing, and stands at no end until it was', () => {
  let w = refused(asked(missed(new Map([[2, loaded(1, 50)]]), 2).get(2), 'all'))
  assert.equal(w.refresh, 'failed')
  w = follow(w, arrives(60))
  assert.deepEqual([seqs(w).at(-1), atEnd(w)], [50, false])
  assert.equal(retried(w).refresh, 'wanted')
})
