import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writtenAt } from '../static/js/state/pending.js'
import { rig } from './page.js'

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

for (const how of ['an event', 'the chat anew']) {
  test(`a message that another tab took over and sent leaves the composer to other devices, by ${how}`, async () => {
    const r = rig()
    await r.signIn('Lin')
    const chat = r.s.data.value.chats.get(2)
    r.write('hello')
    await r.rest()
    const [{ cid }] = r.s.outbox.value
    r.disks.get('1').claim('this tab', 'another')
    await r.clock.pass(10_000)
    await r.rest()
    assert.deepEqual(r.s.outbox.value, [])
    const m = { ...sent(cid), content: 'hello' }
    if (how === 'an event') r.hear({ kind: 'message', ev: 6, who: 2, message: m, chat: { who: 2, new: 0 } })
    else {
      r.host['/api/chats/2/messages'] = () => new Response(JSON.stringify({ messages: [m], more: false }))
      r.s.pages.refresh(2)
    }
    await r.rest()
    r.hear({ kind: 'chat', ev: r.s.data.value.ev + 1, who: 2, chat: { ...chat, draft: 'from the phone' } })
    assert.equal(r.s.draft.text(2), 'from the phone')
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

test('a snapshot that comes whole only after its account has ended is no history of whoever is in next', async () => {
  for (const next of ['Lin', 'Ann']) {
    const r = rig()
    await r.signIn('Lin')
    const sync = r.host['/api/sync']
    let come
    r.host['/api/sync'] = async () => {
      const body = await sync().json()
      return { status: 200, ok: true, json: () => new Promise((yes) => { come = () => yes(body) }) }
    }
    r.socket.hangUp(1006)
    r.app.probe()
    r.socket.accept()
    r.socket.say({ type: 'reset' })
    await r.rest()
    await r.s.actions.signOut()
    come()
    await r.rest()
    assert.deepEqual([r.app.phase.value, r.s], ['signin', null])
    r.host['/api/sync'] = sync
    await r.signIn(next)
    r.write('hello')
    await r.rest()
    assert.deepEqual([r.s.data.value.me.name, r.sent(), await r.s.api.openChat(2).then(() => 'done', (e) => e.code)], [next, ['hello'], 'done'])
  }
})

test('another host gets nothing either where no history was there yet', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.socket.hangUp(1006)
  r.write('for Ann of the old host')
  await r.rest()
  await r.app.door.signin('Ann', 'a password')
  await r.app.door.signin('Lin', 'a password')
  r.socket.hangUp(1006)
  r.becomes({ instance: 'j', epoch: 'f' })
  r.app.probe()
  await r.welcomed()
  assert.deepEqual([r.app.phase.value, r.s, r.sent(), r.socket.closed], ['signin', null, [], true])
  assert.equal(r.disks.get('1').entries.size, 1)
})

test('another host at the address is noticed by a socket that can not be opened there', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.socket.hangUp(1006)
  r.becomes({ instance: 'j', epoch: 'f' })
  r.app.probe()
  r.socket.hangUp(1006)
  await r.rest()
  assert.deepEqual([r.app.phase.value, r.s, r.app.host.value.instance], ['signin', null, 'j'])
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

test('what is forwarded is dated by the host, as what is written is', async () => {
  const r = rig()
  await r.signIn('Lin')
  r.s.skew.value = 7_000_000
  r.s.actions.forward(2, { content: 'handed on' }, [])
  r.write('written')
  assert.deepEqual(r.s.outbox.value.map((e) => e.date - r.clock.now()), [7_000_000, 7_000_000])
})
