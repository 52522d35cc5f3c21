import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../static/js/', import.meta.url))

/** What each room may import of the others; main.js puts all of them together. */
const MAY = {
  text: [],
  words: ['text'],
  proto: ['text'],
  dom: [],
  state: ['proto', 'text', 'words'],
  views: ['state', 'dom', 'proto', 'text', 'words'],
}

const room = (file) => file.includes('/') ? file.split('/')[0] : ''

/** Each module's code, without comments, and the modules of ours that it imports. */
const modules = new Map(readdirSync(ROOT, { recursive: true }).map((name) => name.split(path.sep).join('/')).filter((name) => name.endsWith('.js')).map((name) => {
  const code = readFileSync(path.join(ROOT, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const imports = [...code.matchAll(/^(?:import|export)\b[^'\n]* from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)]
    .map((m) => path.posix.join(path.posix.dirname(name), m[1] ?? m[2] ?? m[3])).filter((to) => !to.startsWith('..'))
  return [name, { code, imports }]
}))

test('every module that is imported is there', () => {
  assert.ok(modules.size > 100)
  for (const [name, { imports }] of modules) for (const to of imports) assert.ok(modules.has(to), `${name} imports ${to}`)
})

test('imports run one way between the rooms', () => {
  for (const [name, { imports }] of modules) {
    if (!room(name)) continue
    for (const to of imports) {
      assert.ok(room(to), `${name} imports ${to}`)
      assert.ok(room(to) === room(name) || MAY[room(name)].includes(room(to)), `${name} imports ${to}`)
    }
  }
})

test('no import goes round in a circle', () => {
  const done = new Set()
  const visit = (name, way) => {
    assert.ok(!way.includes(name), [...way, name].join(' > '))
    if (done.has(name)) return
    for (const to of modules.get(name).imports) visit(to, [...way, name])
    done.add(name)
  }
  for (const name of modules.keys()) visit(name, [])
})

test('what speaks with the host knows of no page, and what is known of it neither', () => {
  for (const [name, { code }] of modules) {
    if (!['proto', 'state', 'text', 'words'].includes(room(name))) continue
    assert.doesNotMatch(code, /\b(document|window|navigator|localStorage|location)\.(?!js)|(?<!\.)\baddEventListener\(/, name)
  }
})

test('views draw, and ask the actions of a session for whatever goes to the host', () => {
  for (const [name, { code, imports }] of modules) {
    if (room(name) !== 'views') continue
    assert.doesNotMatch(code, /\.api\b|\baccount\.(?!js)|\bnewCid\b|\boutbox\.(add|give|retry|withdraw|restore)\b|\blink\.(send|start|stop|probe)/, name)
    for (const to of imports) assert.ok(!/^proto\/(api|link|outbox|uploads|custody|cid)\.js$/.test(to), `${name} imports ${to}`)
  }
})
