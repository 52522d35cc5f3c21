import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../static/js/state/app.js'
import { writtenAt } from '../static/js/state/pending.js'
import { FakeClock, FakeDisk, FakeSocket, FakeTabs, settle } from './fakes.js'
import { FakeUploads } from './uploads.js'

/** A whole page but for what is drawn, at a host that knows two people by their names. */
function rig() {
  const clock = new FakeClock()
  const sockets = []
  const disks = new Map()
  const uploads = new FakeUploads()
  const local = new Map()
  const people = [{ id: 1, name: 'Lin' }, { id: 2, name: 'Ann' }]
  const calls = []
  const refused = []
  let me = null
  const say = (data, status = 200) => new Response(JSON.stringify(data), { status })
  const host = {
    '/api/host': () => say({ instance: 'i', title: '', state: 'ready', me }),
    '/api/signin': ({ name }) => { me = people.find((p) => p.name === name); return say({ me }) },
    '/api/sync': () => say({ epoch: 'e', ev: 5, now: clock.now(), me, session: 's', people,
      chats: people.map((p) => ({ who: p.id, user: me.id, name: p.name, date: 1, read: 0, new: 0, last: null, marked: p.id === 2, draft: '' })) }),
    '/api/me/sessions': () => say({ sessions: [{ id: 's', device: `${me.name}'s laptop` }] }),
    '/api/search': () => say({ hits: [{ who: 2, message: { seq: 1, content: 'a secret' } }], more: null }),
    '/api/chats/2/messages': () => say({ messages: [], more: false }),
  }
  const app = createApp({
    fetch: async (path, init) => {
      if (path.startsWith('/api/files')) return uploads.fetch(path, init)
      const { pathname } = new URL(path, 'http://host')
      calls.push(`${init.method} ${pathname}`)
      // As the host does with what was meant for somebody else.
      const as = init.headers?.['Duologue-Person']
      if (as && as !== String(me?.id)) {
        if (pathname === '/api/host') return say({ me: null })
        refused.push(`${init.method} ${pathname}`)
        return say({ error: { code: 'unauthorized' } }, 401)
      }
      await Promise.resolve()
      return host[pathname]?.(init.body && JSON.parse(init.body)) ?? say({})
    },
    socket: () => { sockets.push(new FakeSocket()); return sockets.at(-1) },
    clock, random: () => 0.5, tab: 'this tab', build: '',
    store: (instance, who, what = '') => { const key = `${who}${what}`; if (!disks.has(key)) disks.set(key, new FakeDisk()); return disks.get(key) },
    peek: async () => ({ url: '', width: 0, height: 0 }), unpeek: () => {}, tabs: () => new FakeTabs().of('this tab'),
    local: { getItem: (k) => local.get(k) ?? null, setItem: (k, v) => local.set(k, v), removeItem: (k) => local.delete(k), keys: () => [...local.keys()] },
    elect: async () => ({ mine: false, watched: false }), bell: { ready: () => false, ring: async () => {} },
    systemNotifications: { leave: () => 'missing', ask: async () => 'missing', show: () => {}, close: () => {} },
    history: { state: null, pushState: () => {}, replaceState: () => {}, back: () => {} },
    emoji: { load: async () => [], drawable: () => ({ version: 0, flags: false }) }, hash: () => '#/chat/2',
  })
  const rest = async () => { for (let i = 0; i < 20; i++) { await settle(); await new Promise(setImmediate) } }
  return {
    app, host, disks, calls, refused, uploads, rest, clock,
    /** Another tab of this browser signs somebody else in. */
    taken(name) { me = people.find((p) => p.name === name) },
    get socket() { return sockets.at(-1) },
    hear: (e) => sockets.at(-1).say({ type: 'event', ...e }),
    sent: () => sockets.at(-1).sent.filter((f) => f.type === 'send').map((f) => f.content),
    /** Through the door, and to where the socket stands. */
    async signIn(name) {
      if (app.phase.value === 'loading') await app.door.boot()
      await app.door.signin(name, 'a password')
      sockets.at(-1).accept()
      sockets.at(-1).say({ type: 'reset' })
      await rest()
      sockets.at(-1).say({ type: 'welcome', head: 5, now: clock.now(), me, ui: '', people: [] })
      await rest()
      assert.equal(app.data.value.me.name, name)
    },
    async end() {
      me = null
      sockets.at(-1).hangUp(4401)
      await rest()
      assert.equal(app.phase.value, 'signin')
    },
  }
}

test('what waits when a session ends goes out at the next sign-in of the same person, in the same tab', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.app.actions.send(2, 'on its way')
  r.uploads.breaks = ['PATCH 0 held']
  await r.app.files.choose(2, [new File(['aaa'], 'a.txt', { type: 'text/plain' })])
  r.app.files.send(2, 'with a file')
  await r.rest()
  assert.deepEqual([r.sent(), r.uploads.calls, await r.app.actions.unsent()], [['on its way'], ['POST', 'PATCH 0'], 2])
  await r.end()
  assert.equal(await r.app.actions.unsent(), 0)

  // Nothing goes out under another name.
  await r.signIn('Ann')
  assert.deepEqual([r.sent(), await r.app.actions.unsent()], [[], 0])
  await r.end()

  await r.signIn('Lin')
  assert.deepEqual(r.sent(), ['on its way', 'with a file'])
  assert.deepEqual(r.uploads.calls, ['POST', 'PATCH 0', 'HEAD', 'PATCH 0'])
})

for (const first of ['welcome', 'reset']) {
  test(`nothing goes out in the name of whoever signed in in another tab, when the host says ${first}`, async () => {
    const r = rig()
    await r.signIn('Lin')
    r.socket.hangUp(1006)
    r.app.actions.send(2, 'as Lin')
    r.uploads.breaks = ['PATCH 0 held']
    await r.app.files.choose(2, [new File(['aaa'], 'a.txt', { type: 'text/plain' })])
    r.app.files.send(2, 'with a file')
    r.taken('Ann')
    const before = r.calls.length
    r.app.live.probe()
    r.socket.accept()
    r.socket.say({ type: first, head: 9, now: r.clock.now(), me: { id: 2, name: 'Ann' }, ui: '', people: [] })
    await r.rest()
    assert.deepEqual([r.sent(), r.socket.sent.map((f) => f.type), r.socket.closed], [[], ['hello'], true])
    assert.deepEqual([r.app.phase.value, r.app.data.value, r.app.doorState.value.error], ['signin', null, first === 'reset' ? 'ended' : 'other'])
    assert.deepEqual(r.calls.slice(before), first === 'reset' ? ['GET /api/sync'] : [])
    await r.clock.pass(60_000)
    assert.deepEqual(r.calls.slice(before), first === 'reset' ? ['GET /api/sync'] : [])
    assert.equal(r.disks.get('1').entries.size, 1)
  })
}

test('a draft of mine is no draft of whoever signed in in another tab', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.app.draft.type(2, 'half a thought')
  r.taken('Ann')
  await r.clock.pass(600)
  await r.rest()
  assert.deepEqual(r.refused, ['PATCH /api/chats/2'])
  assert.equal(r.app.draft.text(2), 'half a thought')
})

const sent = (cid, files) => ({ seq: 1, cid, user: 1, name: 'Lin', date: 1, content: 'with a file', files })

for (const how of ['an event', 'the chat anew']) {
  test(`what another tab sent meanwhile isn't uploaded here as well, when ${how} tells of it`, async () => {
    const r = rig()
    await r.signIn('Lin')
    r.uploads.breaks = ['PATCH 0 held', 'PATCH 0 held']
    await r.app.files.choose(2, [new File(['aaa'], 'a.txt'), new File(['bbb'], 'b.txt')])
    r.app.files.send(2, 'with a file')
    await r.rest()
    const [{ cid }] = r.app.files.going.value
    assert.deepEqual([...r.uploads.files.keys()], ['f1', 'f2'])
    // Of what this tab uploaded, the other one took over the first.
    const m = sent(cid, [{ id: 'f1' }, { id: 'elsewhere' }])
    if (how === 'an event') r.hear({ kind: 'message', ev: 6, who: 2, message: m, chat: { who: 2, new: 0 } })
    else {
      r.host['/api/chats/2/messages'] = () => new Response(JSON.stringify({ messages: [m], more: false }))
      r.app.pages.refresh(2)
    }
    await r.rest()
    assert.deepEqual([r.app.files.going.value, r.disks.get('1-files').entries.size, r.sent(), await r.app.actions.unsent()], [[], 0, [], 0])
    assert.deepEqual([...r.uploads.files.keys()], ['f1'])
  })
}

test('a cid that is used already is no failure where the message is there', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.app.actions.send(2, 'with a file')
  await r.rest()
  const [{ cid }] = r.app.outbox.value
  r.socket.say({ type: 'error', cid, code: 'conflict', message: '' })
  await r.rest()
  assert.equal(r.app.outbox.value[0].state, 'failed')
  r.host['/api/chats/2/messages'] = () => new Response(JSON.stringify({ messages: [sent(cid)], more: false }))
  r.app.pages.refresh(2)
  await r.rest()
  assert.deepEqual([r.app.outbox.value, r.disks.get('1').entries.size], [[], 0])
})

test('whoever signs in next sees nothing of the one before', async () => {
  const r = rig()
  await r.signIn('Lin')
  await r.app.actions.loadDevices()
  r.app.viewing.value = { who: 2, seq: 1, id: 'f' }
  r.app.chatSearch.open(2)
  r.app.chatSearch.type('secret')
  await r.clock.pass(300)
  await r.rest()
  assert.deepEqual([r.app.chatFinder.found.value.hits.length, r.app.chatSearch.lit.value, r.app.devices.value.length], [1, 'secret', 1])
  await r.end()
  await r.signIn('Ann')
  assert.deepEqual([r.app.finding.value, r.app.chatSearch.lit.value, r.app.chatFinder.found.value.hits, r.app.devices.value, r.app.viewing.value], [null, '', [], null, null])
})

test('a message of the one before keeps no draft of the next from following other devices', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.app.actions.send(2, 'not acknowledged')
  await r.end()
  await r.signIn('Ann')
  const chat = r.app.data.value.chats.get(2)
  r.app.draft.type(2, 'here')
  await r.clock.pass(600)
  r.hear({ kind: 'chat', ev: 6, who: 2, chat: { ...chat, draft: 'here' } })
  r.hear({ kind: 'chat', ev: 7, who: 2, chat: { ...chat, draft: 'from the phone' } })
  assert.equal(r.app.draft.text(2), 'from the phone')
})

test('uploads wait as texts do: they move a chat up', () => {
  const entry = (to, date, state) => ({ to, date, state })
  const app = { outbox: { value: [entry(2, 10, 'waiting'), entry(2, 9, 'done')] }, files: { going: { value: [entry(2, 8, 'uploading'), entry(3, 20, 'failed')] } } }
  assert.deepEqual([...writtenAt(app)], [[2, 10], [3, 20]])
})

test('files on their way are looked for once, not at every event', async () => {
  const r = rig()
  await r.signIn('Lin')
  const disk = r.disks.get('1-files')
  let asked = 0
  const { all } = disk
  disk.all = () => { asked++; return all.call(disk) }
  r.app.data.value = { ...r.app.data.value, ev: 6 }
  await r.rest()
  assert.equal(asked, 0)
})

test('who went while this device slept is not shown as here', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.socket.say({ type: 'presence', user: 2, online: true, seen: 7 })
  assert.equal(r.app.data.value.people.get(2).online, true)
  r.socket.hangUp(1006)
  r.app.live.probe()
  r.socket.accept()
  r.socket.say({ type: 'welcome', head: 5, now: r.clock.now(), me: { id: 1, name: 'Lin' }, ui: '', people: [{ user: 2, online: false, seen: 8 }] })
  const { online, seen } = r.app.data.value.people.get(2)
  assert.deepEqual([online, seen], [false, 8])
})

test('what waits is dated by the host, whatever the clock of this device says', async () => {
  const r = rig()
  const late = 3_600_000
  r.host['/api/sync'] = ((sync) => async () => new Response(JSON.stringify({ ...await sync().json(), now: r.clock.now() + late })))(r.host['/api/sync'])
  await r.signIn('Lin')
  r.socket.say({ type: 'welcome', head: 5, now: r.clock.now() + late, me: { id: 1, name: 'Lin' }, ui: '', people: [] })
  r.socket.hangUp(1006)
  r.app.actions.send(2, 'now')
  await r.app.files.choose(2, [new File(['aaa'], 'a.txt', { type: 'text/plain' })])
  r.app.files.send(2, 'and this')
  assert.deepEqual([r.app.outbox.value[0].date, r.app.files.going.value[0].date], [r.clock.now() + late, r.clock.now() + late])
})

test('a chat that has grown past its first unread is read again when it is turned to', async () => {
  const r = rig()
  await r.signIn('Lin')
  const { app } = r
  const item = (seq) => ({ seq, cid: `c${seq}`, user: 2, name: 'Ann', date: seq, content: '' })
  const held = { ...app.windows.value.get(2), range: { items: [item(400)], above: [item(399)], below: [], further: true, later: false }, paging: 'idle' }
  app.router.go('home')
  app.windows.value = new Map([[2, held]])
  const chat = { ...app.data.value.chats.get(2), new: 300, read: 100 }
  app.data.value = { ...app.data.value, chats: new Map(app.data.value.chats).set(2, chat) }
  const asked = r.calls.filter((c) => c.endsWith('/messages')).length
  app.router.go('chat', 2)
  await r.rest()
  assert.equal(r.calls.filter((c) => c.endsWith('/messages')).length, asked + 1)
})
