// A whole page but for what is drawn, at a host that a test holds in its hands.

import assert from 'node:assert/strict'
import { createApp } from '../static/js/state/app.js'
import { FakeClock, FakeDisk, FakeSocket, FakeTabs, settle } from './fakes.js'
import { FakeUploads } from './uploads.js'

/** The host knows two people by their names. @param {{hash?: string}} [at] where the address leads */
export function rig({ hash = '#/chat/2' } = {}) {
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
    '/api/signin': ({ name = 'Lin' }) => { me = people.find((p) => p.name === name); return say({ me }) },
    '/api/signout': () => { me = null; return new Response(null, { status: 204 }) },
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
    history: { state: null, pushState: () => {}, replaceState: (state, title, to) => { hash = to }, back: () => {} },
    emoji: { load: async () => [], drawable: () => ({ version: 0, flags: false }) }, hash: () => hash,
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
      await r.welcomed()
      assert.equal(app.session.value.data.value.me.name, name)
    },
    /** What a socket that opens brings. */
    async welcomed() {
      sockets.at(-1).accept()
      sockets.at(-1).say({ type: 'reset' })
      await rest()
      sockets.at(-1).say({ type: 'welcome', head: 5, now: clock.now(), me, ui: '', people: [] })
      await rest()
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
