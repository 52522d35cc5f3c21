import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TIMEOUT, INTERVAL } from '../static/js/proto/custody.js'
import { settle } from './fakes.js'
import { Browser, CLOSES, UNNAMED } from './outboxmodel.js'

const RUNS = Number(process.env.RUNS ?? 200)
const STEPS = 60

const who = fc.nat(2)
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('add'), tab: who, text: fc.oneof({ weight: 12, arbitrary: fc.constant('text') }, { weight: 1, arbitrary: fc.constantFrom(CLOSES, UNNAMED, 'x'.repeat(70 << 10)) }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('upload', 'whole'), tab: who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('connect'), tab: who }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('handle'), n: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver'), tab: who, n: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut'), tab: who, taken: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refuse'), code: fc.constantFrom('rate', 'storage_full', 'gone') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(1, 250, TIMEOUT, INTERVAL) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('open', 'reconcile'), tab: who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close', 'crash', 'freeze', 'thaw', 'busy', 'quick'), tab: who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('withdraw', 'restore', 'retry'), tab: who, i: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('disk'), how: fc.constantFrom('well', 'well', 'refuses', 'silent') }) },
)

/** Kinds of step that a run does without: what is rare together becomes likely among few. */
const without = fc.subarray(['upload', 'whole', 'cut', 'refuse', 'pass', 'open', 'reconcile', 'close', 'crash', 'freeze', 'thaw', 'busy', 'withdraw', 'restore', 'retry', 'disk', 'handle', 'deliver'])

/** Runs the steps, then lets all be well, and says what a person would see. */
async function run(steps) {
  const b = new Browser()
  /** by its text, each different from all others */
  const written = new Map()
  const uploads = []
  let n = 0
  let count = 0
  const acts = {
    add({ tab, text }) {
      const t = b.tab(tab)
      if (t.frozen) return
      const content = `${text} ${++n}`
      const w = { content, tab: t, at: n, kept: false, gone: null, moved: t.was }
      written.set(content, w)
      const { cid, kept } = t.box.add(2, content)
      w.cid = cid
      kept.then((yes) => { w.kept = yes })
    },
    upload({ tab }) {
      const t = b.tab(tab)
      if (t.frozen) return
      const w = { tab: t, kept: false }
      uploads.push(w)
      const { cid, kept } = t.upload(++n)
      w.cid = cid
      kept.then((yes) => { w.kept = yes })
    },
    whole({ tab }) {
      const t = b.tab(tab)
      const [cid] = t.going
      if (!cid || t.frozen) return
      t.whole(cid)
      uploads.find((w) => w.cid === cid).done = true
    },
    connect: ({ tab }) => b.tab(tab).connect(),
    handle: ({ n }) => b.host.handle(n),
    deliver: ({ tab, n }) => b.tab(tab).deliver(n),
    cut: ({ tab, taken }) => b.tab(tab).cut(taken),
    refuse: ({ code }) => { b.host.refusals.push(code) },
    pass: ({ ms }) => b.clock.pass(ms),
    open: () => { if (b.all.size < 3) b.open() },
    reconcile: ({ tab }) => { const t = b.tab(tab); if (!t.frozen) t.custody.reconcile() },
    close: ({ tab }) => end(b.tab(tab), 'close'),
    crash: ({ tab }) => end(b.tab(tab), 'crash'),
    freeze: ({ tab }) => { if (b.all.size > 1) b.tab(tab).freeze() },
    thaw: ({ tab }) => b.tab(tab).thaw(),
    busy: ({ tab }) => { b.tabs.busy.add(b.tab(tab).name) },
    quick: ({ tab }) => { b.tabs.busy.delete(b.tab(tab).name) },
    withdraw({ tab, i }) {
      const t = b.tab(tab)
      const e = t.frozen ? undefined : t.box.entries()[i % Math.max(t.box.entries().length, 1)]
      if (!e || !t.box.withdraw(e.cid)) return
      Object.assign(written.get(e.content), { gone: e, by: t, sure: !e.tried && !b.disk.broken && !b.disk.silent && !t.was.frozen, reordered: true })
    },
    restore({ tab }) {
      const t = b.tab(tab)
      const w = [...written.values()].find((x) => x.gone && x.by === t)
      if (!w || t.frozen) return
      t.box.restore(w.gone)
      w.gone = null
      w.kept = false
      w.tab = t
    },
    retry({ tab, i }) {
      const t = b.tab(tab)
      const e = t.frozen ? undefined : t.box.entries()[i % Math.max(t.box.entries().length, 1)]
      if (e?.state !== 'failed') return
      written.get(e.content).reordered = true
      t.box.retry(e.cid)
    },
    disk({ how }) {
      for (const d of [b.disk, b.uploads]) {
        d.broken = how === 'refuses'
        if (how === 'silent') d.silent = true
        else d.answer()
      }
    },
  }
  function end(t, how) {
    if (b.all.size === 1) b.open()
    t[how]()
    // What only it knew is gone with it.
    for (const w of [...written.values(), ...uploads]) if (w.tab === t && !w.kept) w.mayBeLost = true
  }
  b.open()
  await settle()
  for (const s of steps) {
    await acts[s.do](s)
    await settle()
    count++
  }
  await b.allIsWell(INTERVAL)
  for (const t of b.all) {
    for (const e of t.box.entries()) {
      if (e.state !== 'failed') continue
      written.get(e.content).reordered = true
      t.box.retry(e.cid)
    }
  }
  await b.allIsWell(INTERVAL)
  return { b, written: [...written.values()], uploads, count }
}

const seqs = (b) => new Map([...b.host.stored.values()].map(({ content, seq }) => [content, seq]))

test('whatever happens to tabs, sockets and the disk: nothing is lost, sent twice, out of order, or stuck', async () => {
  let all = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: STEPS, size: 'max' }), without, async (steps, left) => {
    const { b, written, uploads, count } = await run(steps.filter((s) => !left.includes(s.do)))
    all += count
    const stored = seqs(b)
    const entries = [...b.all].flatMap((t) => t.box.entries())
    assert.equal(stored.size, b.host.stored.size, 'a text is stored under one cid')
    for (const w of written) {
      const refused = w.content.startsWith(CLOSES) || w.content.startsWith(UNNAMED)
      const here = entries.filter((e) => e.cid === w.cid)
      if (w.gone) {
        if (w.sure) assert.ok(!stored.has(w.content), `${w.content.slice(0, 20)} was withdrawn and is there`)
      } else if (refused) {
        if (!w.mayBeLost) assert.deepEqual(here.map((e) => e.state), ['failed'], `${w.content} fails where it can be seen`)
      } else if (!w.mayBeLost) assert.ok(stored.has(w.content), `${w.content.slice(0, 20)} is lost`)
    }
    for (const w of uploads) {
      const owners = [...b.all].filter((t) => t.going.has(w.cid))
      if (!w.done && !w.mayBeLost) assert.equal(owners.length, 1, `${w.cid} has one owner`)
    }
    for (const e of entries) assert.equal(e.state, 'failed', `${e.content.slice(0, 20)} is stuck`)
    assert.deepEqual([...b.disk.entries.values()].filter((e) => e.state !== 'failed').map((e) => e.content.slice(0, 20)), [], 'nothing stays on the disk that is at the host')
    for (const t of new Set(written.map((w) => w.tab))) {
      if (t.was.frozen) continue
      const mine = written.filter((w) => w.tab === t && !w.reordered && !b.host.turnedDown.has(w.cid) && stored.has(w.content)).sort((x, y) => stored.get(x.content) - stored.get(y.content))
      assert.deepEqual(mine.map((w) => w.at), mine.map((w) => w.at).sort((x, y) => x - y), 'a tab\'s messages have the order in which it sent them')
    }
  }), { numRuns: RUNS, includeErrorInReport: true, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) })
  console.log(`${all} steps`)
})
