// The files of an account that are on their way, the messages that wait for them, and the pictures that stand for them meanwhile.

/** @import {Outgoing, Uploading} from '../../../types' */
/** @import {ReadonlySignal} from '../../vendor/signals-core/signals-core.mjs' */
import { batch, signal } from '../../vendor/signals-core/signals-core.mjs'
import { createUploads } from '../proto/uploads.js'
import { createPreviews } from './previews.js'

/**
 * @param {object} o
 * @param {Pick<import('./env.js').Env, 'fetch' | 'clock' | 'random' | 'peek' | 'unpeek'>} o.env
 * @param {import('../proto/custody.js').Custody} o.custody
 * @param {ReadonlySignal<readonly Outgoing[]>} o.outgoing
 * @param {(run: () => void) => void} o.effect
 * @param {import('../proto/outbox.js').Outbox['give']} o.give takes a message whose files are whole
 */
export function createUploading({ env, custody, outgoing, effect, give }) {
  const going = signal(/** @type {readonly Uploading[]} */ ([]))
  const previews = createPreviews({ env, outgoing, effect })
  const uploads = createUploads({
    custody, fetch: env.fetch, clock: env.clock, random: env.random, look: previews.look, forget: previews.forget,
    // It stands in one place all the time.
    whole: ({ parts, cid, to, content, date, reply, quote }, leave) => batch(async () => {
      leave()
      return give({ cid, to, content, date, reply, quote, files: parts.map((p) => p.id), parts: previews.handOver({ cid, parts }) })
    }),
    onChange: (entries) => { going.value = entries },
  })

  return {
    going, previews, uploads,
    end() {
      uploads.end()
      previews.clear()
    },
  }
}
