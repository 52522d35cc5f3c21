import fc from 'fast-check'
import { after, test } from 'node:test'
import { Model } from './windowmodel.js'

const RUNS = Number(process.env.RUNS ?? 400)
let steps = 0
after(() => console.log(`# ${steps} steps of the window against a host`))

const plain = (...names) => fc.constantFrom(...names.map((name) => ({ do: name })))
const numbered = (...names) => fc.record({ do: fc.constantFrom(...names), n: fc.nat(400) })
const step = fc.oneof(
  { weight: 6, arbitrary: plain('theirs', 'theirs', 'mine', 'come', 'older', 'newer', 'to end', 'scroll') },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('deliver', 'deliver', 'answer', 'answer', 'answer late', 'fail'), n: fc.nat(5) }) },
  { weight: 2, arbitrary: numbered('change', 'remove', 'jump', 'jump to date') },
  { weight: 1, arbitrary: plain('remove drawn', 'remove held', 'retry', 'away', 'leave', 'drop', 'up', 'reset') },
)

/** @param {number} n messages that are there before @param {object[]} todo */
async function play(n, todo) {
  const model = new Model(n)
  await model.run({ do: 'come' })
  for (const s of todo) await model.run(s)
  await model.rest()
  await model.atEnd()
  steps += model.steps
}

test('whatever happens, a window has no hole, nothing is read that was not drawn, and it comes to rest as the host has it', async () => {
  await fc.assert(fc.asyncProperty(fc.constantFrom(0, 1, 5, 40, 130, 500), fc.array(step, { minLength: 5, maxLength: 80, size: 'max' }), play), { numRuns: RUNS })
})
