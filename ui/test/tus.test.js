import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drop, upload } from '../static/js/proto/tus.js'
import { FakeClock, settle } from './fakes.js'
import { FakeUploads } from './uploads.js'

function rig({ size = 10, part = 4, id = '' } = {}) {
  const host = new FakeUploads()
  const clock = new FakeClock()
  const control = new AbortController()
  const told = []
  const blob = new Blob(['0123456789'.slice(0, size)])
  const run = () => upload({
    fetch: host.fetch, clock, random: () => 0.5, blob, meta: { filename: 'ein Brief – 信.txt', filetype: 'text/plain', as: 'file' }, id, part,
    stop: control.signal, onBegun: (x) => told.push(x), onProgress: (n) => told.push(n),
  })
  return { host, clock, control, told, run, blob }
}

/** Lets time go on until it is done; reading a file takes real turns in between. */
async function through(clock, done, step = 100) {
  let over = false
  done.finally(() => { over = true }).catch(() => {})
  for (let i = 0; !over; i++) {
    assert.ok(i < 500, 'it does not end')
    await new Promise(setImmediate)
    await clock.pass(step)
  }
}

test('goes up part by part, and says how far it is', async () => {
  const r = rig()
  assert.equal(await r.run(), 'f1')
  assert.deepEqual(r.told, ['f1', 0, 4, 8, 10])
  assert.equal(r.host.text('f1'), '0123456789')
  assert.deepEqual(r.host.meta('f1'), { filename: 'ein Brief – 信.txt', filetype: 'text/plain', as: 'file' })
})

test('an empty file is whole at once', async () => {
  const r = rig({ size: 0 })
  assert.equal(await r.run(), 'f1')
  assert.deepEqual(r.host.calls, ['POST'])
})

test('after a break asks where to go on, and sends nothing twice', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 4 lost'] // taken, but the answer doesn't come
  const done = r.run()
  await through(r.clock, done)
  assert.equal(await done, 'f1')
  assert.equal(r.host.text('f1'), '0123456789')
  assert.deepEqual(r.host.calls, ['POST', 'PATCH 0', 'PATCH 4', 'HEAD', 'PATCH 8'])
})

test('on a bad network the parts become smaller, and larger again on a good one', async () => {
  const size = 8 << 20
  const host = new FakeUploads()
  const clock = new FakeClock()
  const sizes = []
  const upstream = [5, 5, 5, 5, 10] // bytes a millisecond; then it is fast
  const fetch = async (path, init) => {
    if (init.method !== 'PATCH') return host.fetch(path, init)
    sizes.push(init.body.byteLength >> 10)
    await new Promise((resolve, reject) => {
      const timer = clock.set(resolve, init.body.byteLength / (upstream.shift() ?? 10_000))
      init.signal.addEventListener('abort', () => { clock.clear(timer); reject(new TypeError('cut')) })
    })
    return host.fetch(path, init)
  }
  const done = upload({ fetch, clock, random: () => 0.5, blob: new Blob([new Uint8Array(size)]), meta: { filename: 'f', filetype: '', as: 'file' }, id: '', part: 2 << 20,
    stop: new AbortController().signal, onBegun: () => {}, onProgress: () => {} })
  await through(clock, done, 1_000)
  await done
  assert.deepEqual(sizes.slice(0, 10), [2048, 1024, 512, 256, 256, 256, 512, 1024, 2048, 2048])
  assert.equal(host.files.get('f1').at, size)
})

for (const code of ['rate', 'locked', 'conflict', 'unavailable', 'offline']) {
  test(`${code} passes`, async () => {
    const r = rig()
    r.host.breaks = [`PATCH 4 ${code}`, `HEAD ${code}`]
    const done = r.run()
    await through(r.clock, done)
    assert.equal(await done, 'f1')
    assert.equal(r.host.text('f1'), '0123456789')
  })
}

for (const code of ['too_big', 'storage_full', 'unauthorized', 'invalid']) {
  test(`${code} ends it`, async () => {
    const r = rig()
    r.host.breaks = [`POST ${code}`]
    await assert.rejects(r.run(), { code })
  })
}

test('the limit that a file is beyond has its name', async () => {
  const r = rig()
  r.host.breaks = ['POST storage_full cap']
  await assert.rejects(r.run(), { code: 'cap' })
})

test('goes on where another page left it', async () => {
  const r = rig({ id: 'f1' })
  r.host.put('f1', 10, '01234')
  assert.equal(await r.run(), 'f1')
  assert.deepEqual(r.host.calls, ['HEAD', 'PATCH 5', 'PATCH 9'])
  assert.equal(r.host.text('f1'), '0123456789')
})

test('what the host has forgotten begins anew', async () => {
  const r = rig({ id: 'old' })
  const done = r.run()
  await through(r.clock, done)
  assert.equal(await done, 'f1')
  assert.deepEqual(r.told, ['f1', 0, 4, 8, 10])
})

test('stops in the middle of a part, and of a pause', async () => {
  for (const how of ['held', 'offline']) {
    const r = rig()
    r.host.breaks = [`PATCH 4 ${how}`]
    const done = assert.rejects(r.run(), { code: 'stopped' })
    for (let i = 0; i < 10; i++) await new Promise(setImmediate)
    r.control.abort()
    await done
    assert.equal(r.clock.timers.length, 0)
  }
})

test('stops while a part is being read', async () => {
  const r = rig()
  r.host.breaks = ['PATCH 0 held']
  r.blob.slice = () => ({ arrayBuffer: async () => { r.control.abort(); return new ArrayBuffer(4) } })
  await assert.rejects(r.run(), { code: 'stopped' })
  assert.deepEqual(r.host.calls, ['POST'])
})

test('a file that is gone from the device ends it', async () => {
  const r = rig()
  r.blob.slice = () => ({ arrayBuffer: async () => { throw new Error('NotReadableError') } })
  await assert.rejects(r.run(), { code: 'unreadable' })
})

test('gives an upload up', async () => {
  const r = rig()
  await r.run()
  await drop(r.host, 'f1')
  await settle()
  assert.equal(r.host.files.size, 0)
})
