// That little room is left for everybody's files, where the owner sees it while doing something else.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'
import { openStorage } from './storage.js'

/** @param {Session} session */
export function storageWarning(session) {
  const level = session.hostStorage.host.value?.level ?? 'ok'
  return level === 'ok' ? nothing : html`<button type="button" class="spacenote" @click=${() => openStorage(session)}>
    ${icon('archive')}<span>${t(`space.level.${level}`)}</span><u>${t('storage.open')}</u></button>`
}
