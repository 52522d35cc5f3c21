// A line at the bottom that goes by itself.

/** @import {Shell} from './shell.js' */
import { errorWords } from '../words/errors.js'
import { t } from '../words/index.js'

const SHOWN = 4_500

/** What ends the line of each page. @type {WeakMap<Shell['toast'], any>} */
const ends = new WeakMap()

/** What is said twice stays as long as the second time. @param {Pick<Shell, 'toast' | 'clock'>} shell @param {string} text */
export function showToast(shell, text) {
  shell.toast.value = text
  shell.clock.clear(ends.get(shell.toast))
  ends.set(shell.toast, shell.clock.set(() => { if (shell.toast.peek() === text) shell.toast.value = '' }, SHOWN))
}

/** Why something did not work. What ended with its session is nobody's business any more. @param {Pick<Shell, 'toast' | 'clock'>} shell @param {string} code */
export function showError(shell, code) {
  if (code !== 'ended') showToast(shell, t('error', { what: errorWords(code) }))
}

/** This browser doesn't keep what waits: that is said once. @param {Pick<Shell, 'toast' | 'clock' | 'unkept'>} shell */
export function warnUnkept(shell) {
  if (shell.unkept.peek()) return
  shell.unkept.value = true
  showToast(shell, t('unkept'))
}
