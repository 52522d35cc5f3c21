import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fromSnapshot, presence, reduce } from '../static/js/proto/reducer.js'

const { cases } = JSON.parse(readFileSync(new URL('golden/frames.json', import.meta.url), 'utf8'))

/** What has to be the same, in a fixed order; who is here right now isn't in the log. */
function comparable(state) {
  const people = [...state.people.values()].map(({ online, seen, ...u }) => u).sort((a, b) => a.id - b.id)
  const { online, seen, ...me } = state.me
  return { epoch: state.epoch, ev: state.ev, me, people, chats: [...state.chats.values()].sort((a, b) => a.who - b.who) }
}

for (const c of cases) {
  test(`golden: ${c.name}`, () => {
    const start = fromSnapshot(c.snapshot)
    const want = comparable(fromSnapshot(c.after))
    assert.deepEqual(comparable(c.events.reduce(reduce, start)), want)
    // Seen twice, each changes nothing.
    assert.deepEqual(comparable(c.events.flatMap((e) => [e, e]).reduce(reduce, start)), want)
  })
}

test('the golden file holds something', () => assert.ok(cases.length > 0))

test('a state is never changed in place', () => {
  for (const c of cases) {
    const start = fromSnapshot(c.snapshot)
    const before = structuredClone(start)
    c.events.reduce(reduce, start)
    assert.deepEqual(start, before)
  }
})

test('a kind of event that is not known only moves the cursor', () => {
  const start = fromSnapshot(cases[0].snapshot)
  const next = reduce(start, { type: 'event', ev: start.ev + 1, kind: 'something new' })
  assert.deepEqual({ ...next, ev: start.ev }, start)
})

test('presence changes a person and not the cursor', () => {
  const start = fromSnapshot(cases[0].snapshot)
  const next = presence(start, [{ user: 2, online: true, seen: 77 }])
  assert.equal(next.people.get(2).online, true)
  assert.equal(next.ev, start.ev)
  assert.deepEqual(presence(start, [{ user: 99, online: true, seen: 1 }]), start)
})
