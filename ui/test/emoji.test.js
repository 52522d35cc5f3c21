import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { createEmoji, merge, RECENT, search, toned } from '../static/js/state/emoji.js'

const read = async (path) => JSON.parse(await readFile(new URL(`../static/vendor/emoji-picker-element-data/${path}/data.json`, import.meta.url), 'utf8'))
const source = (over = {}) => ({
  load: (lang) => read(lang === 'en' ? 'en/cldr-native' : 'zh/emojibase-native'),
  drawable: () => ({ version: 15, flags: true }),
  ...over,
})
function store() {
  const map = new Map()
  return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => { map.set(key, value) } }
}
const loaded = async (over, local = store()) => {
  const emoji = createEmoji(local, source(over))
  await emoji.load()
  return emoji
}
const found = (emoji, words) => {
  emoji.query.value = words
  return emoji.shown().map((s) => s.text)
}

test('found by words of both languages, whichever the page speaks', async () => {
  const emoji = await loaded()
  for (const words of ['smile', '笑', 'SMILE', 'smi', '笑脸', 'grinning face', 'cat smile', '猫 smile']) assert.ok(found(emoji, words).length, words)
  assert.ok(found(emoji, 'smile').includes('😀'))
  assert.ok(found(emoji, '笑').includes('😄'))
  assert.ok(found(emoji, '浅笑').includes('🙂'))
  assert.ok(found(emoji, 'cat smile').every((e) => e.length > 1) && found(emoji, 'cat smile').includes('😺'))
  assert.deepEqual(found(emoji, 'nothing is called so'), [])
})

test('what is named so comes first', async () => {
  const all = merge(await read('en/cldr-native'), await read('zh/emojibase-native'), { version: 15, flags: true })
  assert.equal(search(all, 'dog')[0].en, 'dog')
  assert.equal(search(all, 'pizza')[0].emoji, '🍕')
  assert.equal(search(all, '披萨')[0].emoji, '🍕')
  assert.equal(search(all, '🍕')[0].emoji, '🍕')
})

test('what cannot be drawn here is left out', async () => {
  const old = await loaded({ drawable: () => ({ version: 5, flags: false }) })
  const all = old.all.value.map((e) => e.emoji)
  assert.ok(all.includes('😀') && !all.includes('🥰') && !all.includes('🇨🇳') && all.includes('🏁'))
  const now = await loaded({ drawable: () => ({ version: 17, flags: true }) })
  assert.ok(now.all.value.some((e) => e.emoji === '🇨🇳') && now.all.value.some((e) => e.emoji === '🥰'))
  assert.ok(now.all.value.every((e) => e.group !== 2))
})

test('used lately comes first, once, and in the tone that was chosen', async () => {
  const local = store()
  const emoji = await loaded({}, local)
  emoji.paint(3)
  const wave = emoji.all.value.find((e) => e.emoji === '👋')
  assert.equal(toned(wave, emoji.tone.value), '👋🏽')
  assert.equal(toned(emoji.all.value.find((e) => e.emoji === '🍕'), 3), '🍕')
  for (const e of ['👋🏽', '🍕', '👋🏽', 'not an emoji any more']) emoji.used(e)
  const again = await loaded({}, local)
  again.show(true)
  assert.equal(again.group.value, RECENT)
  assert.deepEqual(again.shown().map((s) => s.text), ['👋🏽', '🍕'])
  assert.equal(again.tone.value, 3)
})

test('what was used lately keeps its places until it is opened or chosen again', async () => {
  const emoji = await loaded()
  for (const e of ['🍎', '🐻', '🍕']) emoji.used(e)
  const shown = () => emoji.shown().map((s) => s.text).join('')
  emoji.show(true)
  for (let i = 0; i < 3; i++) {
    assert.equal(shown(), '🍕🐻🍎')
    emoji.used(emoji.shown()[2].text)
  }
  emoji.choose(RECENT)
  assert.equal(shown(), '🍎🍕🐻')
  emoji.used('🐻')
  emoji.query.value = 'dog'
  emoji.query.value = ''
  assert.equal(shown(), '🍎🍕🐻')
  emoji.show(false)
  emoji.show(true)
  assert.equal(shown(), '🐻🍎🍕')
})

test('a failure is said, and can be tried again', async () => {
  let fails = true
  const emoji = await loaded({ load: (lang) => fails ? Promise.reject(new Error('offline')) : source().load(lang) })
  assert.equal(emoji.failed.value, true)
  fails = false
  await emoji.load()
  assert.equal(emoji.failed.value, false)
  assert.ok(emoji.all.value.length > 1500)
})

test('a store with nonsense in it is no harm', async () => {
  const local = store()
  local.setItem('duologue-emoji-recent', '{"a":')
  local.setItem('duologue-emoji-tone', 'x')
  const emoji = createEmoji(local, source())
  assert.deepEqual(emoji.recent.value, [])
  assert.equal(emoji.tone.value, 0)
})
