import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { en } from '../static/js/words/en.js'
import { zh } from '../static/js/words/zh.js'
import { choose, say, t } from '../static/js/words/index.js'

const forms = (entry) => typeof entry === 'string' ? [entry] : Object.values(entry)
const holes = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()

test('both languages have the same keys', () => assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort()))

test('both leave the same places to fill in, and nothing empty', () => {
  for (const key of Object.keys(en)) {
    const want = holes(forms(en[key]).join(' '))
    for (const dictionary of [en, zh]) for (const form of forms(dictionary[key])) {
      assert.notEqual(form.trim(), '', key)
      assert.deepEqual(holes(form), want, key)
    }
  }
})

test('what English counts, Chinese counts too, each with the forms it has', () => {
  for (const key of Object.keys(en)) {
    assert.equal(typeof zh[key], typeof en[key], key)
    if (typeof en[key] !== 'string') assert.deepEqual([Object.keys(en[key]), Object.keys(zh[key])], [['one', 'other'], ['other']], key)
  }
})

test('every key is used, and every used key is there', () => {
  const dir = new URL('../static/js/', import.meta.url)
  const source = readdirSync(dir, { recursive: true }).filter((n) => n.endsWith('.js') && !/words.(en|zh)(\.js$|.)/.test(n))
    .map((n) => readFileSync(new URL(n, dir), 'utf8')).join('\n')
  for (const key of Object.keys(en)) {
    const stem = key.replace(/\.[^.]+$/, '.')
    assert.ok(source.includes(`'${key}'`) || source.includes(`\`${stem}\${`), `${key} is used by nothing`)
  }
  for (const [, key] of source.matchAll(/\bt\('([^']+)'/g)) assert.ok(key in en, `${key} has no words`)
})

test('plural forms and filling in', () => {
  assert.equal(say({ one: '{n} day', other: '{n} days' }, 'en-GB', { n: 1 }), '1 day')
  assert.equal(say({ one: '{n} day', other: '{n} days' }, 'en-GB', { n: 3 }), '3 days')
  assert.equal(say({ other: '{n} 天' }, 'zh-CN', { n: 1 }), '1 天')
  assert.equal(say('Join {title}', 'en-GB', { title: '$& {name}' }), 'Join $& {name}')
})

test('what has no words stands for itself', () => assert.equal(t('storage.kind.smell'), 'storage.kind.smell'))

test('the language is the first of the browser’s that is spoken here', () => {
  assert.equal(choose(['zh-CN', 'en']), 'zh')
  assert.equal(choose(['fr', 'zh-TW']), 'zh')
  assert.equal(choose(['de-DE', 'en-US']), 'en')
  assert.equal(choose(['fr']), 'en')
})
