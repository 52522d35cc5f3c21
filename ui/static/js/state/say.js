// A line at the bottom that goes by itself.

/** @import {Base} from './app.js' */

const SHOWN = 4_500

/** @param {Pick<Base, 'toast' | 'env'>} app @param {string} text */
export function say(app, text) {
  app.toast.value = text
  app.env.clock.set(() => { if (app.toast.peek() === text) app.toast.value = '' }, SHOWN)
}
