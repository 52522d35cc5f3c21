// What a message says where there is room for one line: its words, or how many files it brings, or that it was taken back.

import { cut } from '../text/graphemes.js'
import { limitMarks } from '../text/limitmarks.js'
import { t } from './index.js'

const LONGEST = 160

/** @param {string} content */
export const line = (content) => limitMarks(cut(content, LONGEST).replace(/\s+/g, ' ').trim())

/** @param {{content: string, recalled?: boolean, files?: readonly unknown[], parts?: readonly unknown[]}} m parts: files that aren't at the host yet */
export function summary(m) {
  if (m.recalled) return t('recalled')
  const n = (m.parts ?? m.files)?.length
  return line(m.content) || (n ? t('files', { n }) : '')
}
