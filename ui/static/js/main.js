// Where everything is put together: the surroundings of a real browser, the app, and its views in their places.

import { computed, effect, untracked } from '../vendor/signals-core/signals-core.mjs'
import { guardKeys } from './dom/enter.js'
import { grow } from './dom/growbox.js'
import { drawable } from './dom/emojifont.js'
import { watchAttention, watchNetwork, watchWaking } from './dom/attention.js'
import { idbStore } from './dom/idb.js'
import { highlighter } from './dom/highlight.js'
import { fitToSight } from './dom/keyboard.js'
import { localStore } from './dom/local.js'
import { mount, redraw } from './dom/mount.js'
import { longPress } from './dom/longpress.js'
import { peek, unpeek } from './dom/pickedfiles.js'
import { systemNotifications } from './dom/notifications.js'
import { videoPosters } from './dom/videoposters.js'
import { bell } from './dom/sound.js'
import { touch } from './dom/touch.js'
import { election, tabsOf } from './dom/tabs.js'
import { newCid } from './proto/cid.js'
import { createApp } from './state/app.js'
import { secrets } from './state/door.js'
import { worth } from './state/search.js'
import { matches } from './text/fold.js'
import { watchDrops } from './views/attach.js'
import { watchEmoji } from './views/emojiopen.js'
import { announcer, refusals, titleCount } from './views/announce.js'
import { banner } from './views/banner.js'
import { composerKeys } from './views/composerkeys.js'
import { dialogs, showDialogs } from './views/dialogs.js'
import { pane } from './views/pane.js'
import { shortcutKey, shortcuts, showShortcuts } from './views/shortcuts.js'
import { focusSearch, searchKeys } from './views/searchbar.js'
import { side } from './views/sidebar.js'
import { keepScrollPosition } from './views/scrollposition.js'
import { lift, toast } from './views/toast.js'
import { showViewer, viewer } from './views/viewer.js'
import { locale, startWords } from './words/index.js'

const EMOJI = { en: 'en/cldr-native', zh: 'zh/emojibase-native' }
const place = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id))

const local = localStore()
startWords(local, navigator.languages)
const tab = newCid()
const app = createApp({
  fetch: (...args) => fetch(...args),
  socket: () => /** @type {any} */ (new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`)),
  clock: { now: () => Date.now(), set: (fn, ms) => setTimeout(fn, ms), clear: (timer) => clearTimeout(timer) },
  random: Math.random,
  tab,
  build: /\/_\/([^/]+)\/js\//.exec(import.meta.url)?.[1] ?? '',
  store: idbStore,
  peek,
  unpeek,
  tabs: (instance, me) => tabsOf(tab, instance, me),
  local,
  elect: election(tab),
  bell: bell(),
  systemNotifications: systemNotifications(),
  history,
  emoji: {
    load: (lang) => fetch(new URL(`../vendor/emoji-picker-element-data/${EMOJI[lang]}/data.json`, import.meta.url)).then((answer) => answer.json()),
    drawable,
  },
  hash: () => location.hash,
})

watchAttention(app.attention)
watchNetwork(app.network)
watchWaking(() => {
  app.probe()
  tick()
})
addEventListener('popstate', (e) => {
  // Nobody went anywhere then.
  if (app.overlays.popped()) return e.stopImmediatePropagation()
  const found = secrets(location.hash)
  if (found.token || found.join || found.link) app.door.boot()
  else app.router.read()
}, true)
for (const name of ['pagehide', 'blur']) addEventListener(name, () => app.session.peek()?.draft.flush())
addEventListener('storage', (e) => {
  startWords(local, navigator.languages)
  app.prefs.stored(e.key, e.newValue)
})
effect(() => { dispatchEvent(new CustomEvent('duologue-theme', { detail: app.prefs.theme.value })) })
const tick = () => { app.minute.value = app.session.peek()?.actions.now() ?? Date.now() }
setInterval(tick, 60_000)
effect(() => {
  app.session.value?.skew.value
  untracked(tick)
})

addEventListener('resize', grow)
fitToSight()

/** a chat was turned to, and its field does not have the cursor yet */
let arrived = false
function focusBox() {
  const box = document.getElementById('box')
  if (!arrived || !box) return
  arrived = false
  // A message that was gone to has it already, or a menu, or the bar that searches.
  if (!document.activeElement?.closest('#log .m, #menu, .searchbar')) box.focus({ preventScroll: true })
}

/** the first field of the door that was drawn last @type {HTMLElement | null} */
let met = null
/** At a door the cursor stands in its first field, unless somebody was quicker; on glass it waits, for the keyboard would cover half of it. */
function focusDoor() {
  const first = /** @type {HTMLElement | null} */ (app.phase.peek() === 'app' ? null : document.querySelector('#pane [autofocus]'))
  if (first && first !== met && !touch() && !place('pane').contains(document.activeElement)) first.focus()
  met = first
}

const scrolling = keepScrollPosition(app, place('pane'))
const showPosters = videoPosters(place('pane'))
mount(place('side'), () => side(app))
mount(place('pane'), () => pane(app, scrolling), {
  before: scrolling.before,
  after() {
    grow()
    scrolling.after()
    showPosters()
    focusSearch(app)
    focusBox()
    focusDoor()
  },
  // The conversation gets it then, not nothing.
  lost: () => document.getElementById('log')?.focus({ preventScroll: true }),
})
mount(place('top'), () => banner(app))
mount(place('layer'), () => dialogs(app), { after: () => showDialogs(app) })
mount(place('sheet'), () => shortcuts(app), { after: () => showShortcuts(app) })
mount(place('viewing'), () => viewer(app), { after: () => showViewer(app) })
shortcutKey(app)
guardKeys()
watchEmoji(app)
mount(place('toast'), () => toast(app), { after: () => lift(place('toast'), app.toast.peek()) })
titleCount(app)
announcer(app, place('announcer'))
refusals(app)
redraw(() => {
  document.documentElement.lang = locale()
  document.body.dataset.phase = app.phase.value
  document.body.dataset.route = app.route.value.name
})
composerKeys(app, place('pane'))
watchDrops(app, place('pane'))
for (const id of ['side', 'pane']) longPress(place(id))
addEventListener('pagehide', () => { app.session.peek()?.removals.flush() })
searchKeys(app)
const lit = computed(() => app.session.value?.chatSearch.lit.value ?? '')
const light = highlighter(place('pane'), (text) => matches(text, lit.peek()))
effect(() => light(worth(lit.value)))

// Whatever way led to a place, what it needs is asked for, and the cursor stands where one writes.
effect(() => {
  const route = app.route.value
  const session = app.session.value
  if (!session) return
  untracked(() => {
    app.emoji.show(false)
    session.actions.entered(route)
  })
  arrived = route.name === 'chat' && !touch()
})

app.door.boot()
