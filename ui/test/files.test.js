import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { createCustody, PATIENCE, TIMEOUT } from '../static/js/proto/custody.js'
import { createFiles } from '../static/js/state/files.js'
import { createLifetime } from '../static/js/state/lifetime.js'
import { createUploading } from '../static/js/state/uploading.js'
import { halves, kindOf } from '../static/js/text/filename.js'
import { duration } from '../static/js/words/duration.js'
import { FakeClock, FakeDisk, FakeTabs } from './fakes.js'
import { FakeUploads } from './uploads.js'

/** A page with files in its hands; disk and host are what outlives it. */
function rig({ disk = new FakeDisk(), host = new FakeUploads(), tab = 'tab-a', before = '', tabs = new FakeTabs(), clock = new FakeClock() } = {}) {
  const given = []
  const sent = []
  const urls = new Set()
  let made = 0
  const drafts = new Map()
  const env = { fetch: host.fetch, clock, random: () => 0.5,
    peek: async () => { urls.add(`blob:${++made}`); return { url: `blob:${made}`, width: 4, height: 3 } }, unpeek: (url) => urls.delete(url) }
  const life = createLifetime(clock, host.fetch)
  const app = {
    env, clock, onEnd: life.onEnd, skew: signal(0), outbox: signal([]), windows: signal(new Map()), toast: signal(''), unkept: signal(false), replies: signal(new Map()), line: signal(null), toEnd: signal(false),
  }
  const custody = createCustody({ stores: { messages: new FakeDisk(), uploads: disk }, tab, tabs: tabs.of(tab, before), clock, onUnkept: () => app.unkept.value = true })
  const uploading = createUploading({ env, custody, outgoing: app.outbox, effect, give: async (e) => { given.push(e); app.outbox.value = [...app.outbox.value, e]; return true } })
  const files = createFiles(app, {
    account: { ...uploading, sound: () => custody.sound() },
    draft: { type: (who, text) => drafts.set(who, text), sent: (who, { cid }) => { drafts.set(who, ''); sent.push(cid) }, acked: () => {}, text: (who) => drafts.get(who) ?? '' }, pages: { toEnd: () => {} },
  })
  custody.start()
  /** Nobody is signed in any more. */
  const end = () => { life.end(); custody.end(); uploading.end() }
  return { app, env, made: () => made, custody, uploads: uploading.uploads, end, tabs, files, given, sent, disk, host, drafts, clock, urls }
}
const file = (name, text, type = 'text/plain') => new File([text], name, { type })
/** Until something holds; the work in between waits for nothing but itself. */
async function until(ok) {
  for (let i = 0; !ok(); i++) {
    assert.ok(i < 500, 'it does not come')
    await new Promise(setImmediate)
  }
}

test('files and a text go out as one message when all are whole', async () => {
  const r = rig()
  await r.files.choose(2, [file('a.txt', 'aaa'), file('b.png', 'bbb', 'image/png')])
  assert.equal(r.given.length, 0)
  assert.ok(r.files.send(2, ' look '))
  assert.equal(r.files.chosen.value.has(2), false)
  assert.equal(r.files.going.value[0].state, 'uploading')
  await until(() => r.given.length)
  const [e] = r.given
  assert.deepEqual(e.files.map((id) => r.host.text(id)), ['aaa', 'bbb'])
  assert.deepEqual(e.files.map((id) => r.host.meta(id).as), ['file', 'picture'])
  assert.equal(e.content, 'look')
  assert.equal(r.drafts.get(2), '')
  assert.deepEqual(r.sent, [e.cid])
  await until(() => !r.disk.entries.size)
  assert.equal(r.files.going.value.length, 0)
})

test('nothing chosen is nothing sent', () => assert.equal(rig().files.send(2, 'text'), false))

test('pictures as files, and one left out', async () => {
  const r = rig()
  await r.files.choose(2, [file('a.png', 'a', 'image/png'), file('b.png', 'b', 'image/png')])
  r.files.asFiles(2, true)
  r.files.leaveOut(2, r.files.chosen.value.get(2)[0])
  r.files.send(2, '')
  await until(() => r.given.length)
  assert.deepEqual(r.given[0].files.map((id) => [r.host.text(id), r.host.meta(id).as]), [['b', 'file']])
})

test('two files at a time', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held', 'PATCH 0 held']
  await r.files.choose(2, ['a', 'b', 'c'].map((n) => file(n, n)))
  r.files.send(2, '')
  await until(() => r.host.calls.filter((c) => c === 'PATCH 0').length === 2)
  for (let i = 0; i < 20; i++) await new Promise(setImmediate)
  assert.deepEqual(r.host.calls, ['POST', 'POST', 'PATCH 0', 'PATCH 0'])
})

test('pause and continue', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, '')
  const { cid } = r.files.going.value[0]
  await until(() => r.host.calls.includes('PATCH 0'))
  r.files.pause(cid)
  assert.equal(r.files.going.value[0].state, 'paused')
  for (let i = 0; i < 20; i++) await new Promise(setImmediate)
  assert.equal(r.given.length, 0)
  r.files.go(cid)
  await until(() => r.given.length)
  assert.deepEqual(r.host.calls, ['POST', 'PATCH 0', 'HEAD', 'PATCH 0'])
  assert.equal(r.given[0].cid, cid)
})

test('cancel takes it back from the host, and gives the text back', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, 'hello')
  await until(() => r.host.calls.includes('PATCH 0'))
  r.files.cancel(r.files.going.value[0].cid)
  await until(() => !r.host.files.size && !r.disk.entries.size)
  assert.deepEqual([r.files.going.value.length, r.drafts.get(2), r.given.length], [0, 'hello', 0])
})

test('what cancel gives back stands before what was begun meanwhile, with what it answered', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  const quote = { seq: 7, user: 2, content: 'which one?' }
  r.app.replies.value = new Map([[2, quote]])
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, 'this one')
  r.drafts.set(2, 'and then')
  assert.equal(r.app.replies.value.size, 0)
  r.files.cancel(r.files.going.value[0].cid)
  assert.deepEqual([r.drafts.get(2), r.app.replies.value.get(2)], ['this one\nand then', quote])
})

test('after a reload it goes on where it was, under the same cid', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, '')
  const { cid } = r.files.going.value[0]
  await until(() => r.host.calls.includes('PATCH 0') && [...r.disk.entries.values()][0]?.parts[0].id)
  const next = rig({ disk: r.disk, host: r.host, tab: 'tab-b', before: 'tab-a' })
  await until(() => next.given.length)
  assert.equal(next.given[0].cid, cid)
  assert.deepEqual(r.host.calls, ['POST', 'PATCH 0', 'HEAD', 'PATCH 0'])
})

test('the bytes are written once, however often it is written how far they are', async () => {
  const r = rig()
  let written = 0
  const putBytes = r.disk.putBytes.bind(r.disk)
  r.disk.putBytes = async (...args) => { written++; return putBytes(...args) }
  const put = r.disk.put.bind(r.disk)
  r.disk.put = async (e) => { assert.ok(e.parts.every((p) => !p.blob)); return put(e) }
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, ['a', 'b', 'c'].map((n) => file(n, n)))
  r.files.send(2, '')
  const { cid } = r.files.going.value[0]
  await until(() => r.host.calls.includes('PATCH 0') && r.disk.blobs.size)
  r.files.pause(cid)
  r.files.go(cid)
  await until(() => r.given.length && !r.disk.entries.size)
  assert.deepEqual([written, r.disk.blobs.size], [1, 0])
})

test('a picture stays in its place until its message comes back', async () => {
  const r = rig()
  await r.files.choose(2, [file('a.png', 'a', 'image/png'), file('b.txt', 'b')])
  r.files.send(2, '')
  const going = []
  const end = effect(() => { going.push(r.files.going.value.length + r.app.outbox.value.length) })
  await until(() => r.given.length && !r.disk.entries.size)
  end()
  assert.deepEqual([...new Set(going)], [1], 'it stands in one place, always')
  const [picture, text] = r.given[0].parts
  assert.deepEqual([r.urls.has(r.files.url(picture)), r.files.url(text), picture.blob], [true, '', undefined])
  r.app.outbox.value = []
  assert.deepEqual([r.urls.size, r.files.url(picture)], [0, ''])
})

test('a picture that nobody sees any more takes no memory', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  const three = () => ['a', 'b', 'c'].map((n) => file(n, n, 'image/png'))
  await r.files.choose(2, [...three(), file('note', 'text')])
  assert.equal(r.urls.size, 3)
  r.files.leaveOut(2, r.files.chosen.value.get(2)[0])
  assert.equal(r.urls.size, 2)
  r.files.send(2, '')
  r.files.cancel(r.files.going.value[0].cid)
  assert.equal(r.urls.size, 0)
  await r.files.choose(2, Array.from({ length: 31 }, (_, i) => file(`${i}`, 'x', 'image/png')))
  assert.equal(r.urls.size, 30)
  const late = r.files.choose(3, three())
  r.end()
  await late
  assert.deepEqual([r.urls.size, r.files.chosen.value.size], [0, 0])
})

test('a file whose name has half an emoji is known again', async () => {
  // A browser makes the name of a File well-formed where a page makes it, but not where a person picked it.
  const cut = () => Object.defineProperty(file('', 'aaa'), 'name', { value: 'cut \ud83d.txt' })
  const r = rig()
  r.disk.putBytes = async () => { throw new Error('DataCloneError') }
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, [cut()])
  r.files.send(2, '')
  await until(() => r.disk.entries.size)
  const next = rig({ disk: r.disk, host: r.host, tab: 'tab-b', before: 'tab-a' })
  await until(() => next.files.going.value.length)
  await next.files.again(next.files.going.value[0].cid, [cut()])
  await until(() => next.given.length)
  assert.equal(next.app.toast.value, '')
})

/** What another page left, of which the disk has one picture. */
async function leftPicture(more = {}) {
  const disk = new FakeDisk()
  await disk.put({ cid: 'c', to: 2, content: '', date: 1, n: 1, tab: 'gone', state: 'paused', parts: [{ name: 'a.png', size: 1, type: 'image/png', as: 'picture', width: 4, height: 3, id: '', at: 0, done: false }], ...more })
  await disk.putBytes('c', [new Blob(['a'])])
  return disk
}

/** Pictures that are looked at when the test says so. */
function slowly(r) {
  const { peek } = r.env
  const waiting = []
  r.env.peek = (blob) => new Promise((yes) => { waiting.push(() => yes(peek(blob))) })
  return waiting
}

for (const how of ['taken over', 'late', 'chosen again']) {
  test(`a picture that is ${how} and not wanted any more by the time it was looked at takes no memory`, async () => {
    const disk = await leftPicture()
    const bytes = disk.bytes.bind(disk)
    if (how !== 'taken over') disk.bytes = () => new Promise(() => {})
    let late
    if (how === 'late') disk.bytes = (cid) => new Promise((yes) => { late = () => yes(bytes(cid)) })
    const r = rig({ disk, before: 'gone' })
    const waiting = slowly(r)
    if (how === 'taken over') {
      await until(() => waiting.length)
      r.tabs.of('other').took(['c'])
    } else {
      await r.clock.pass(TIMEOUT)
      await until(() => r.files.going.value.length)
      if (late) late()
      else r.files.again('c', [file('a.png', 'a', 'image/png')])
      await until(() => waiting.length)
      r.files.cancel('c')
    }
    waiting[0]()
    for (let i = 0; i < 20; i++) await new Promise(setImmediate)
    assert.deepEqual([r.files.going.value.length, r.urls.size, r.made()], [0, 0, 1])
  })
}

test('what another tab that lives is sending is left to it', async () => {
  const disk = new FakeDisk()
  await disk.put({ cid: 'c', to: 2, content: '', date: 1, n: 1, tab: 'other', state: 'uploading', parts: [] })
  const tabs = new FakeTabs()
  tabs.of('other').join({})
  const r = rig({ disk, tabs })
  for (let i = 0; i < 20; i++) await new Promise(setImmediate)
  assert.equal(r.files.going.value.length, 0)
})

test('a takeover by mistake leaves files with the tab that alone has their bytes', async () => {
  const one = rig()
  one.disk.putBytes = async () => { throw new Error('QuotaExceededError') }
  one.host.breaks = ['PATCH 0 held']
  await one.files.choose(2, [file('a', 'aaa')])
  one.files.send(2, '')
  await until(() => one.host.calls.includes('PATCH 0'))
  one.tabs.busy.add('tab-a')
  const two = rig({ disk: one.disk, host: one.host, tab: 'tab-b', tabs: one.tabs, clock: one.clock })
  await one.clock.pass(PATIENCE)
  one.tabs.busy.clear()
  await until(() => !two.files.going.value.length)
  const [e] = one.files.going.value
  assert.deepEqual([e.parts[0].blob.size, one.disk.entries.get(e.cid).tab], [3, 'tab-a'])
  one.files.pause(e.cid)
  one.files.go(e.cid)
  await until(() => one.given.length && !one.disk.entries.size)
})

test('whole, but not handed over when the page went: handed over by the next', async () => {
  const disk = new FakeDisk()
  await disk.put({ cid: 'c', to: 2, content: 'x', date: 1, n: 1, tab: 'gone', state: 'uploading', parts: [{ name: 'a', size: 1, type: '', as: 'file', width: 0, height: 0, id: 'f9', at: 1, done: true }] })
  const r = rig({ disk, before: 'gone' })
  await until(() => r.given.length)
  assert.deepEqual([r.given[0].cid, r.given[0].files], ['c', ['f9']])
  await until(() => !disk.entries.size)
})

test('where files cannot be kept they are asked for again after a reload', async () => {
  const r = rig()
  r.disk.putBytes = async () => { throw new Error('DataCloneError') }
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, '')
  await until(() => r.disk.entries.size)
  const next = rig({ disk: r.disk, host: r.host, tab: 'tab-b', before: 'tab-a' })
  await until(() => next.files.going.value.length)
  const { cid } = next.files.going.value[0]
  await next.files.again(cid, [file('b', 'bbb')])
  assert.match(next.app.toast.value, /b is not/)
  await next.files.again(cid, [file('a', 'aaa')])
  await until(() => next.given.length)
  assert.equal(r.host.text(next.given[0].files[0]), 'aaa')
})

for (const how of ['late', 'at the second asking']) {
  test(`bytes that the disk gives ${how} are not asked for from a person`, async () => {
    const r = rig()
    r.host.breaks = ['PATCH 0 held']
    await r.files.choose(2, [file('a', 'aaa')])
    r.files.send(2, '')
    await until(() => r.disk.entries.size && r.disk.blobs.size)
    r.end()
    let give
    const bytes = r.disk.bytes.bind(r.disk)
    r.disk.bytes = how === 'late' ? (cid) => new Promise((yes) => { give = () => yes(bytes(cid)) })
      : async () => { r.disk.bytes = bytes; give = () => {}; throw new Error('busy') }
    const next = rig({ disk: r.disk, host: r.host, tab: 'tab-b', before: 'tab-a', clock: r.clock })
    await until(() => give)
    await r.clock.pass(TIMEOUT)
    await until(() => next.files.going.value.length || next.given.length)
    give()
    await until(() => next.given.length)
    assert.equal(r.host.text(next.given[0].files[0]), 'aaa')
  })
}

test('a refusal is shown, and tried again when asked', async () => {
  const r = rig()
  r.host.breaks = ['POST storage_full']
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, '')
  await until(() => r.files.going.value[0].state === 'failed')
  assert.equal(r.files.going.value[0].code, 'storage_full')
  r.files.go(r.files.going.value[0].cid)
  await until(() => r.given.length)
})

test('who signs out leaves no files behind', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  await r.files.choose(2, [file('a', 'aaa')])
  r.files.send(2, '')
  await until(() => r.disk.entries.size)
  r.uploads.discard()
  await r.custody.clear()
  r.end()
  assert.deepEqual([r.disk.entries.size, r.files.going.value.length, r.files.chosen.value.size], [0, 0, 0])
})

test('at most thirty go with a message', async () => {
  const r = rig()
  await r.files.choose(2, Array.from({ length: 31 }, (_, i) => file(`${i}`, 'x')))
  assert.equal(r.files.chosen.value.get(2).length, 30)
  assert.match(r.app.toast.value, /30/)
})

test('names keep their end, types have a kind', () => {
  assert.deepEqual(halves('a long name of a file.pdf'), ['a long name of ', 'a file.pdf'])
  assert.deepEqual(halves('a.txt'), ['', 'a.txt'])
  assert.deepEqual(['image/png', 'image/svg+xml', 'video/mp4', 'video/x-matroska', 'audio/mpeg', ''].map(kindOf), ['picture', 'file', 'video', 'file', 'audio', 'file'])
  assert.deepEqual([14, 200, 8000].map((s) => duration(s, 'en-GB')), ['14 secs', '3 mins', '2 hrs'])
})

/** A file whose bytes can be taken away, as by an unplugged stick, and given back. */
function fickle(name, text) {
  const f = file(name, text)
  const slice = f.slice.bind(f)
  f.gone = true
  f.slice = (...at) => f.gone ? { arrayBuffer: async () => { throw new DOMException('gone', 'NotReadableError') } } : slice(...at)
  return f
}

test('a file that became unreadable is tried again and, there once more, goes out', async () => {
  const r = rig()
  const a = fickle('a', 'aaa')
  await r.files.choose(2, [a, file('b', 'bbb')])
  r.files.send(2, '')
  await until(() => r.files.going.value[0].state === 'failed')
  const [e] = r.files.going.value
  assert.deepEqual([e.code, e.parts.map((p) => p.unreadable ?? false)], ['unreadable', [true, false]])
  r.files.go(e.cid)
  await until(() => r.files.going.value[0].state === 'failed')
  a.gone = false
  r.files.go(e.cid)
  await until(() => r.given.length)
  assert.deepEqual(r.given[0].files.map((id) => r.host.text(id)), ['aaa', 'bbb'])
})

test('a file that was changed meanwhile is chosen again, whole, as it is now', async () => {
  const r = rig()
  await r.files.choose(2, [fickle('a', 'aaa')])
  r.files.send(2, '')
  await until(() => r.files.going.value[0].state === 'failed')
  const [{ cid, parts: [{ id }] }] = r.files.going.value
  await r.files.again(cid, [file('c', 'other')])
  assert.equal(r.files.going.value[0].state, 'failed')
  assert.notEqual(r.app.toast.value, '')
  await r.files.again(cid, [file('a', 'longer')])
  await until(() => r.given.length)
  assert.deepEqual(r.given[0].files.map((f) => r.host.text(f)), ['longer'])
  assert.equal(r.host.files.has(id), false, 'the beginning of the old one')
})

test('a file that became unreadable goes on from its copy on disk, once', async () => {
  const sends = async (copy) => {
    const r = rig({ disk: Object.assign(new FakeDisk(), { bytes: async () => [copy()] }) })
    await r.files.choose(2, [fickle('a', 'aaa')])
    r.files.send(2, '')
    await until(() => r.given.length || r.files.going.value[0]?.state === 'failed')
    return r.given.map((e) => e.files.map((f) => r.host.text(f)))
  }
  assert.deepEqual(await sends(() => file('a', 'aaa')), [['aaa']])
  assert.deepEqual(await sends(() => fickle('a', 'aaa')), [])
})
