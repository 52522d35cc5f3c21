import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOverlays } from '../static/js/state/overlays.js'
import { createRouter } from '../static/js/state/router.js'
import { signal } from '../static/vendor/signals-core/signals-core.mjs'
import { settle } from './fakes.js'

/** A browser's history, whose ways take a moment. */
class FakeHistory {
  entries = [{ state: null, url: '#/' }]
  at = 0
  heard = () => {}
  get state() { return this.entries[this.at].state }
  get url() { return this.entries[this.at].url }
  pushState(state, _, url = this.url) {
    this.entries.splice(++this.at, Infinity, { state, url })
  }
  replaceState(state, _, url = this.url) { this.entries[this.at] = { state, url } }
  back() { this.go(-1) }
  go(by) {
    Promise.resolve().then(() => {
      this.at += by
      this.heard()
    })
  }
}

function page() {
  const history = new FakeHistory()
  const app = { env: { history, hash: () => history.url }, route: signal({ name: 'home', who: 0 }) }
  for (const name of ['viewing', 'confirm', 'linkDialog', 'panel', 'selected', 'finding']) app[name] = signal(null)
  for (const name of ['keysShown', 'menuOpen']) app[name] = signal(false)
  app.emoji = { open: signal(false) }
  const overlays = createOverlays(app, signal(app))
  const router = createRouter(app, overlays)
  history.heard = () => { if (!overlays.popped()) router.read() }
  return { app, history, router, urls: () => history.entries.map((e) => e.url) }
}

test('the way back closes what lies over the page, and leads nowhere else', async () => {
  const { app, history, router } = page()
  router.go('chat', 3)
  const route = app.route.value
  for (const [open, name] of [[{ who: 3 }, 'viewing'], [{ title: '?' }, 'confirm'], [{ title: '' }, 'panel'], [true, 'keysShown'], [true, 'menuOpen'], [{ who: 3 }, 'selected'], [{ who: 3 }, 'finding']]) {
    app[name].value = open
    history.back()
    await settle()
    assert.ok(!app[name].value, name)
    assert.equal(app.route.value, route)
  }
  history.back()
  await settle()
  assert.equal(app.route.value.name, 'home')
})

test('closed in another way it leaves nothing behind', async () => {
  const { app, history, router } = page()
  router.go('chat', 3)
  app.viewing.value = { who: 3 }
  app.viewing.value = null
  await settle()
  assert.deepEqual([history.at, history.state], [1, { inside: true }])
  router.back()
  await settle()
  assert.deepEqual([history.at, app.route.value.name], [0, 'home'])
})

test('one after the other, and one in the place of another, have one entry', async () => {
  const { app, history, urls } = page()
  app.panel.value = {}
  app.confirm.value = {}
  app.panel.value = null
  assert.deepEqual(urls(), ['#/', '#/'])
  app.confirm.value = null
  app.linkDialog.value = {}
  await settle()
  assert.deepEqual([history.at, urls()], [1, ['#/', '#/']])
  history.back()
  await settle()
  assert.deepEqual([history.at, app.linkDialog.value], [0, null])
})

test('whoever goes elsewhere out of a dialog, or under it, comes back to where a page was', async () => {
  const { app, history, router, urls } = page()
  app.panel.value = {}
  app.panel.value = null
  router.go('chat', 3)
  assert.equal(app.route.value.who, 3)
  await settle()
  assert.deepEqual([history.at, urls()], [1, ['#/', '#/chat/3']])
  app.panel.value = {}
  router.go('chat', 4)
  await settle()
  assert.deepEqual(urls(), ['#/', '#/chat/4', '#/chat/4'])
  app.panel.value = null
  router.back()
  await settle()
  assert.deepEqual([history.at, app.route.value.name], [0, 'home'])
})

test('forward, and a page loaded anew, find nothing to show where a dialog was', async () => {
  const { app, history, router } = page()
  router.go('chat', 3)
  app.panel.value = {}
  history.back()
  await settle()
  history.go(1)
  await settle()
  assert.deepEqual([history.at, app.panel.value, app.route.value.who], [1, null, 3])

  history.entries.push({ state: { inside: true, over: true }, url: '#/chat/3' })
  history.at = 2
  const overlays = createOverlays(app, signal(app))
  history.heard = () => { if (!overlays.popped()) router.read() }
  await settle()
  assert.deepEqual([history.at, app.route.value.who], [1, 3])
})

test('of what lies above one another the way back ends the topmost, each time', async () => {
  const { app, history, router } = page()
  router.go('chat', 3)
  app.finding.value = { who: 3 }
  app.viewing.value = { who: 3 }
  app.confirm.value = { title: '?' }
  const names = ['confirm', 'viewing', 'finding']
  for (const name of names) {
    history.back()
    await settle()
    assert.deepEqual(names.filter((n) => app[n].value), names.slice(names.indexOf(name) + 1))
    assert.equal(app.route.value.name, 'chat')
  }
  history.back()
  await settle()
  assert.equal(app.route.value.name, 'home')
})
