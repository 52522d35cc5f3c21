import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { createChatSearch } from '../static/js/state/chatsearch.js'
import { createFinder, worth } from '../static/js/state/search.js'
import { FakeClock, settle } from './fakes.js'

/** A host that answers when the test lets it. */
function rig() {
  const clock = new FakeClock()
  const calls = []
  const search = (what, stop) => new Promise((yes, no) => {
    calls.push({ what, yes, no, stop })
    stop.addEventListener('abort', () => no(new Error('aborted')))
  })
  return { clock, calls, finder: createFinder({ api: { search }, env: { clock } }) }
}
const hit = (seq, content = 'needle', who = 2) => ({ who, message: { seq, content } })
const seqs = (finder) => finder.found.value.hits.map((h) => h.message.seq)

test('hits appear page by page, until everything was looked at', async () => {
  const { clock, calls, finder } = rig()
  finder.ask(' needle ')
  assert.deepEqual(calls, [])
  await clock.pass(300)
  assert.deepEqual(calls.map((c) => c.what), [{ q: 'needle' }])
  calls[0].yes({ hits: [hit(9)], more: 'x' })
  await settle()
  assert.deepEqual([seqs(finder), finder.found.value.going], [[9], 'running'])
  assert.deepEqual(calls[1].what, { q: 'needle', before: 'x' })
  calls[1].yes({ hits: null, more: 'y' })
  await settle()
  calls[2].yes({ hits: [hit(3)], more: null })
  await settle()
  assert.deepEqual([seqs(finder), finder.found.value.going], [[9, 3], 'done'])
})

test('a new question, stopping and leaving end what is on its way; later answers change nothing', async () => {
  const { clock, calls, finder } = rig()
  finder.ask('one', 7)
  await clock.pass(300)
  assert.deepEqual(calls[0].what, { q: 'one', who: '7' })
  finder.ask('two')
  assert.ok(calls[0].stop.aborted)
  calls[0].yes({ hits: [hit(1)], more: null })
  await clock.pass(300)
  calls[1].yes({ hits: [hit(5)], more: 'next' })
  await settle()
  finder.stop()
  assert.ok(calls[2].stop.aborted)
  assert.deepEqual([seqs(finder), finder.found.value.going], [[5], 'stopped'])
  finder.more()
  assert.deepEqual(calls[3].what, { q: 'two', before: 'next' })
  finder.clear()
  assert.ok(calls[3].stop.aborted)
  await settle()
  assert.deepEqual([seqs(finder), finder.found.value.going], [[], ''])
})

test('enough is enough until more is asked for, and a host that does not answer is said', async () => {
  const { clock, calls, finder } = rig()
  finder.ask('needle')
  await clock.pass(300)
  calls[0].yes({ hits: Array.from({ length: 100 }, (_, i) => hit(1000 - i)), more: 'x' })
  await settle()
  assert.equal(finder.found.value.going, 'paused')
  assert.equal(calls.length, 1)
  finder.more()
  await clock.pass(20_000)
  assert.equal(finder.found.value.going, 'failed')
  finder.more()
  calls[2].yes({ hits: [hit(2)], more: null })
  await settle()
  assert.deepEqual([finder.found.value.hits.length, finder.found.value.going], [101, 'done'])
})

test('the way to an older match goes on when that is found', async () => {
  const { clock, calls, finder } = rig()
  const went = []
  const app = { filter: signal(''), route: signal({ name: 'chat', who: 2 }), data: signal({}), finding: signal(null), effect }
  const chatSearch = createChatSearch(app, { finder, pages: { jump: (who, seq) => went.push(seq) } })
  chatSearch.open(2)
  chatSearch.type('needle')
  await clock.pass(300)
  calls[0].yes({ hits: Array.from({ length: 100 }, (_, i) => hit(1000 - i)), more: 'x' })
  await settle()
  for (let i = 1; i < 100; i++) chatSearch.go(1)
  assert.deepEqual([went.length, went.at(-1), app.finding.value.at], [100, 901, 99])
  // At the end of what was found it looks further, and goes there at once; while it looks, too.
  chatSearch.go(1)
  assert.equal(calls.length, 2)
  calls[1].yes({ hits: [hit(800)], more: 'y' })
  await settle()
  assert.deepEqual([went.at(-1), app.finding.value.at], [800, 100])
  chatSearch.go(1)
  calls[2].yes({ hits: [hit(700), hit(600)], more: null })
  await settle()
  assert.deepEqual([went.at(-1), app.finding.value.at, finder.found.value.going], [700, 101, 'done'])
  // Whoever turns back meanwhile is left there.
  chatSearch.go(-1)
  assert.deepEqual([went.at(-1), app.finding.value.at], [800, 100])
})

test('what is gone is no hit any more', async () => {
  const { clock, calls, finder } = rig()
  finder.ask('needle')
  await clock.pass(300)
  calls[0].yes({ hits: [hit(9), hit(8), hit(7), hit(6, 'needle', 3)], more: null })
  await settle()
  finder.follow({ kind: 'changed', who: 2, message: { seq: 9, content: '', recalled: true } })
  finder.follow({ kind: 'changed', who: 2, message: { seq: 8, content: 'NEEDLES' } })
  finder.follow({ kind: 'removed', who: 2, seq: 7 })
  finder.follow({ kind: 'message', who: 2, message: { seq: 10, content: 'needle' } })
  assert.deepEqual(finder.found.value.hits, [hit(8, 'NEEDLES'), hit(6, 'needle', 3)])
  finder.follow({ kind: 'chat-deleted', who: 3 })
  assert.deepEqual(seqs(finder), [8])
})

test('one letter is too little, one Chinese character is not', () => {
  for (const q of ['ab', '会', 'é1', 'я', '12']) assert.ok(worth(q), q)
  for (const q of ['', ' ', 'a', ' a ', 'é', '1']) assert.ok(!worth(q), q)
})

test('a match that is taken back leaves no number beyond the last', async () => {
  const { clock, calls, finder } = rig()
  const app = { finding: signal(null), filter: signal(''), route: signal({ name: 'chat', who: 2 }), effect }
  const went = []
  const chatSearch = createChatSearch(app, { finder, pages: { jump: (who, seq) => went.push(seq) } })
  chatSearch.open(2)
  chatSearch.type('needle')
  await clock.pass(300)
  calls[0].yes({ hits: [hit(9), hit(8), hit(7), hit(6), hit(5)], more: null })
  await settle()
  for (let i = 1; i < 5; i++) chatSearch.go(1)
  const stands = () => [app.finding.value.at, finder.found.value.hits.length]
  finder.follow({ kind: 'removed', who: 2, seq: 8 })
  assert.deepEqual(stands(), [3, 4])
  finder.follow({ kind: 'removed', who: 2, seq: 5 })
  assert.deepEqual(stands(), [2, 3])
  chatSearch.go(-1)
  assert.deepEqual([went.at(-1), ...stands()], [7, 1, 3])
  finder.follow({ kind: 'chat-deleted', who: 2 })
  assert.deepEqual(stands(), [-1, 0])
})
