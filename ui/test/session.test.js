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
  /** which host stands at the address */
  let instance = 'i'
  let epoch = 'e'
  const say = (data, status = 200) => new Response(JSON.stringify(data), { status })
  const host = {
    '/api/host': () => say({ instance, title: '', state: 'ready', me }),
    '/api/signin': ({ name }) => { me = people.find((p) => p.name === name); return say({ me }) },
    '/api/sync': () => say({ epoch, ev: 5, now: clock.now(), me, session: 's', people,
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
        if (pathname === '/api/host') return say({ instance, me: null })
        refused.push(`${init.method} ${pathname}`)
        return say({ error: { code: 'unauthorized' } }, 401)
      }
      await Promise.resolve()
      return host[pathname]?.(init.body && JSON.parse(init.body)) ?? say({})
    },
    socket: () => { sockets.push(new FakeSocket()); return sockets.at(-1) },
    clock, random: () => 0.5, tab: 'this tab', build: '',
    store: (at, who, what = '') => { const key = `${at === 'i' ? '' : at}${who}${what}`; if (!disks.has(key)) disks.set(key, new FakeDisk()); return disks.get(key) },
    peek: async () => ({ url: '', width: 0, height: 0 }), unpeek: () => {}, tabs: () => new FakeTabs().of('this tab'),
    local: { getItem: (k) => local.get(k) ?? null, setItem: (k, v) => local.set(k, v), removeItem: (k) => local.delete(k), keys: () => [...local.keys()] },
    elect: async () => ({ mine: false, watched: false }), bell: { ready: () => false, ring: async () => {} },
    systemNotifications: { leave: () => 'missing', ask: async () => 'missing', show: () => {}, close: () => {} },
    history: { state: null, pushState: () => {}, replaceState: () => {}, back: () => {} },
    emoji: { load: async () => [], drawable: () => ({ version: 0, flags: false }) }, hash: () => '#/chat/2',
  })
  const rest = async () => { for (let i = 0; i < 20; i++) { await settle(); await new Promise(setImmediate) } }
  const r = {
    app, host, disks, calls, refused, uploads, rest, clock,
    /** The session of whoever is in. */
    get s() { return app.session.value },
    unsent: async () => await app.session.value?.actions.unsent() ?? 0,
    write(text) { r.s.draft.type(2, text); r.s.actions.send(2) },
    /** Another host stands at the address, or another history at this host. */
    becomes(to) { ({ instance = instance, epoch = epoch } = to) },
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
      assert.equal(app.session.value.data.value.me.name, name)
    },
    async end() {
      me = null
      sockets.at(-1).hangUp(4401)
      await rest()
      assert.equal(app.phase.value, 'signin')
    },
  }
  return r
}

test('what waits when a session ends goes out at the next sign-in of the same person, in the same tab', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.write('on its way')
  r.uploads.breaks = ['PATCH 0 held']
  await r.s.files.choose(2, [new File(['aaa'], 'a.txt', { type: 'text/plain' })])
  r.s.files.send(2, 'with a file')
  await r.rest()
  assert.deepEqual([r.sent(), r.uploads.calls, await r.unsent()], [['on its way'], ['POST', 'PATCH 0'], 2])
  await r.end()
  assert.equal(await r.unsent(), 0)

  // Nothing goes out under another name.
  await r.signIn('Ann')
  assert.deepEqual([r.sent(), await r.unsent()], [[], 0])
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
    r.write('as Lin')
    r.uploads.breaks = ['PATCH 0 held']
    await r.s.files.choose(2, [new File(['aaa'], 'a.txt', { type: 'text/plain' })])
    r.s.files.send(2, 'with a file')
    r.taken('Ann')
    const before = r.calls.length
    r.app.probe()
    r.socket.accept()
    r.socket.say({ type: first, head: 9, now: r.clock.now(), me: { id: 2, name: 'Ann' }, ui: '', people: [] })
    await r.rest()
    assert.deepEqual([r.sent(), r.socket.sent.map((f) => f.type), r.socket.closed], [[], ['hello'], true])
    assert.deepEqual([r.app.phase.value, r.s, r.app.doorState.value.error], ['signin', null, first === 'reset' ? 'ended' : 'other'])
    assert.deepEqual(r.calls.slice(before), first === 'reset' ? ['GET /api/sync'] : [])
    await r.clock.pass(60_000)
    assert.deepEqual(r.calls.slice(before), first === 'reset' ? ['GET /api/sync'] : [])
    assert.equal(r.disks.get('1').entries.size, 1)
  })
}

test('a draft of mine is no draft of whoever signed in in another tab', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.s.draft.type(2, 'half a thought')
  r.taken('Ann')
  await r.clock.pass(600)
  await r.rest()
  assert.deepEqual(r.refused, ['PATCH /api/chats/2'])
  assert.equal(r.s.draft.text(2), 'half a thought')
})

const sent = (cid, files) => ({ seq: 1, cid, user: 1, name: 'Lin', date: 1, content: 'with a file', files })

for (const how of ['an event', 'the chat anew']) {
  test(`what another tab sent meanwhile isn't uploaded here as well, when ${how} tells of it`, async () => {
    const r = rig()
    await r.signIn('Lin')
    r.uploads.breaks = ['PATCH 0 held', 'PATCH 0 held']
    await r.s.files.choose(2, [new File(['aaa'], 'a.txt'), new File(['bbb'], 'b.txt')])
    r.s.files.send(2, 'with a file')
    await r.rest()
    const [{ cid }] = r.s.files.going.value
    assert.deepEqual([...r.uploads.files.keys()], ['f1', 'f2'])
    // Of what this tab uploaded, the other one took over the first.
    const m = sent(cid, [{ id: 'f1' }, { id: 'elsewhere' }])
    if (how === 'an event') r.hear({ kind: 'message', ev: 6, who: 2, message: m, chat: { who: 2, new: 0 } })
    else {
      r.host['/api/chats/2/messages'] = () => new Response(JSON.stringify({ messages: [m], more: false }))
      r.s.pages.refresh(2)
    }
    await r.rest()
    assert.deepEqual([r.s.files.going.value, r.disks.get('1-files').entries.size, r.sent(), await r.unsent()], [[], 0, [], 0])
    assert.deepEqual([...r.uploads.files.keys()], ['f1'])
  })
}

test('a cid that is used already is no failure where the message is there', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.write('with a file')
  await r.rest()
  const [{ cid }] = r.s.outbox.value
  r.socket.say({ type: 'error', cid, code: 'conflict', message: '' })
  await r.rest()
  assert.equal(r.s.outbox.value[0].state, 'failed')
  r.host['/api/chats/2/messages'] = () => new Response(JSON.stringify({ messages: [sent(cid)], more: false }))
  r.s.pages.refresh(2)
  await r.rest()
  assert.deepEqual([r.s.outbox.value, r.disks.get('1').entries.size], [[], 0])
})

test('whoever signs in next sees nothing of the one before', async () => {
  const r = rig()
  await r.signIn('Lin')
  await r.s.settings.loadDevices()
  r.s.viewing.value = { who: 2, seq: 1, id: 'f' }
  r.s.chatSearch.open(2)
  r.s.chatSearch.type('secret')
  await r.clock.pass(300)
  await r.rest()
  assert.deepEqual([r.s.chatFinder.found.value.hits.length, r.s.chatSearch.lit.value, r.s.devices.value.length], [1, 'secret', 1])
  await r.end()
  await r.signIn('Ann')
  assert.deepEqual([r.s.finding.value, r.s.chatSearch.lit.value, r.s.chatFinder.found.value.hits, r.s.devices.value, r.s.viewing.value], [null, '', [], null, null])
})

test('a message of the one before keeps no draft of the next from following other devices', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.write('not acknowledged')
  await r.end()
  await r.signIn('Ann')
  const chat = r.s.data.value.chats.get(2)
  r.s.draft.type(2, 'here')
  await r.clock.pass(600)
  r.hear({ kind: 'chat', ev: 6, who: 2, chat: { ...chat, draft: 'here' } })
  r.hear({ kind: 'chat', ev: 7, who: 2, chat: { ...chat, draft: 'from the phone' } })
  assert.equal(r.s.draft.text(2), 'from the phone')
})

test('what waits for a person of one host is never sent to another host at the same address', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.write('for Ann of the old host')
  await r.rest()
  // The store is another one now: nobody is signed in there, and its people have the same ids.
  await r.end()
  r.becomes({ instance: 'j' })
  await r.signIn('Lin')
  assert.deepEqual([r.s.instance, r.sent(), r.s.draft.text(2), await r.unsent()], ['j', [], '', 0])
  assert.equal(r.disks.get('1').entries.size, 1)
  await r.end()
  r.becomes({ instance: 'i' })
  await r.signIn('Lin')
  assert.deepEqual(r.sent(), ['for Ann of the old host'])
})

test('another host that takes the same cookie gets nothing either', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.socket.hangUp(1006)
  r.write('for Ann of the old host')
  r.becomes({ instance: 'j', epoch: 'f' })
  r.app.probe()
  r.socket.accept()
  r.socket.say({ type: 'reset' })
  await r.rest()
  assert.deepEqual([r.app.phase.value, r.s, r.sent(), r.socket.closed], ['signin', null, [], true])
})

test('what the page keeps of a history dies with it, and what waits does not', async () => {
  const r = rig()
  await r.signIn('Lin')
  const old = r.s
  old.hidden.value = new Map([[2, new Set([3])]])
  old.removing.value = { who: 2, seqs: [3] }
  old.viewing.value = { who: 2, seq: 1, id: 'f' }
  old.confirm.value = { title: '', text: '', action: '', danger: true, run: () => {} }
  old.actions.beginEdit(2, sent('x'))
  old.actions.answer(2, { seq: 4, user: 2, content: 'a question' })
  const later = old.api.patchChat(2, { pinned: true }).then(() => 'done', (e) => e.code)
  r.disks.get('1').broken = true
  r.socket.hangUp(1006)
  old.actions.answer(2)
  r.write('still to be sent')
  // A copy of the store was put back.
  r.becomes({ epoch: 'f' })
  r.app.probe()
  r.socket.accept()
  r.socket.say({ type: 'reset' })
  await r.rest()
  assert.notEqual(r.s, old)
  assert.equal(r.s.epoch, 'f')
  for (const name of ['hidden', 'editing', 'replies', 'retaken', 'drafts']) assert.equal(r.s[name].value.size, name === 'drafts' ? 1 : 0, name)
  assert.deepEqual([r.s.removing.value, r.s.viewing.value, r.s.confirm.value], [null, null, null])
  r.socket.say({ type: 'welcome', head: 5, now: r.clock.now(), me: { id: 1, name: 'Lin' }, ui: '', people: [] })
  await r.rest()
  assert.deepEqual(r.sent(), ['still to be sent'])
  // Nothing is begun in what has ended.
  assert.equal(await later, 'done')
  const before = r.calls.length
  assert.equal(await old.api.openChat(2).catch((e) => e.code), 'ended')
  old.draft.type(2, 'nobody asked')
  await r.clock.pass(60_000)
  assert.equal(r.calls.slice(before).filter((c) => c.startsWith('PATCH') || c.startsWith('PUT') || c.startsWith('DELETE')).length, 0)
  assert.equal(r.app.toast.value, '')
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
  r.s.data.value = { ...r.s.data.value, ev: 6 }
  await r.rest()
  assert.equal(asked, 0)
})

test('who went while this device slept is not shown as here', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.socket.say({ type: 'presence', user: 2, online: true, seen: 7 })
  assert.equal(r.s.data.value.people.get(2).online, true)
  r.socket.hangUp(1006)
  r.app.probe()
  r.socket.accept()
  r.socket.say({ type: 'welcome', head: 5, now: r.clock.now(), me: { id: 1, name: 'Lin' }, ui: '', people: [{ user: 2, online: false, seen: 8 }] })
  const { online, seen } = r.s.data.value.people.get(2)
  assert.deepEqual([online, seen], [false, 8])
})

test('what waits is dated by the host, whatever the clock of this device says', async () => {
  const r = rig()
  const late = 3_600_000
  r.host['/api/sync'] = ((sync) => async () => new Response(JSON.stringify({ ...await sync().json(), now: r.clock.now() + late })))(r.host['/api/sync'])
  await r.signIn('Lin')
  r.socket.say({ type: 'welcome', head: 5, now: r.clock.now() + late, me: { id: 1, name: 'Lin' }, ui: '', people: [] })
  r.socket.hangUp(1006)
  r.write('now')
  await r.s.files.choose(2, [new File(['aaa'], 'a.txt', { type: 'text/plain' })])
  r.s.files.send(2, 'and this')
  assert.deepEqual([r.s.outbox.value[0].date, r.s.files.going.value[0].date], [r.clock.now() + late, r.clock.now() + late])
})

test('a chat that has grown past its first unread is read again when it is turned to', async () => {
  const r = rig()
  await r.signIn('Lin')
  const { s } = r
  const item = (seq) => ({ seq, cid: `c${seq}`, user: 2, name: 'Ann', date: seq, content: '' })
  const held = { ...s.windows.value.get(2), range: { items: [item(400)], above: [item(399)], below: [], further: true, later: false }, paging: 'idle' }
  s.router.go('home')
  s.windows.value = new Map([[2, held]])
  const chat = { ...s.data.value.chats.get(2), new: 300, read: 100 }
  s.data.value = { ...s.data.value, chats: new Map(s.data.value.chats).set(2, chat) }
  const asked = r.calls.filter((c) => c.endsWith('/messages')).length
  s.router.go('chat', 2)
  await r.rest()
  assert.equal(r.calls.filter((c) => c.endsWith('/messages')).length, asked + 1)
})
