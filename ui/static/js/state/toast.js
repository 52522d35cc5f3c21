// A line at the bottom that goes by itself.

/** @import {Base} from './app.js' */
import { t } from '../words/index.js'

const SHOWN = 4_500

/** @param {Pick<Base, 'toast' | 'env'>} app @param {string} text */
export function showToast(app, text) {
  app.toast.value = text
  app.env.clock.set(() => { if (app.toast.peek() === text) app.toast.value = '' }, SHOWN)
}

/** This browser doesn't keep what waits: that is said once. @param {Pick<Base, 'toast' | 'env' | 'unkept'>} app */
export function warnUnkept(app) {
  if (app.unkept.peek()) return
  app.unkept.value = true
  showToast(app, t('unkept'))
}
