// Why something did not work, in words.

import { t } from './index.js'

/** @param {string} code of the protocol, or `offline` where no answer came @returns {string} */
export function errorWords(code) {
  switch (code) {
    case 'offline': return t('error.offline')
    case 'rate': return t('error.rate')
    case 'storage_full': return t('error.full')
    case 'unavailable': return t('error.unavailable')
    case 'gone': return t('error.gone')
    case 'too_big': return t('error.tooBig')
    case 'conflict': return t('error.conflict')
    case 'forbidden': return t('error.forbidden')
    case 'not_found': return t('error.notFound')
    case 'unauthorized': return t('error.unauthorized')
    case 'invalid': return t('error.invalid')
    default: return t('error.internal')
  }
}
