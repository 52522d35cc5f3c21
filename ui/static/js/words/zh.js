// 简体中文, with the same keys as English.

import { common } from './zh/common.js'
import { door } from './zh/door.js'
import { side } from './zh/side.js'
import { talk } from './zh/talk.js'
import { settings } from './zh/settings.js'
import { program } from './zh/program.js'
import { reach } from './zh/reach.js'
import { invite } from './zh/invite.js'
import { search } from './zh/search.js'
import { writing } from './zh/writing.js'
import { keys } from './zh/keys.js'
import { files } from './zh/files.js'
import { hostStorage } from './zh/hoststorage.js'
import { notifications } from './zh/notifications.js'

/** @type {Record<keyof typeof import('./en.js').en, import('./en.js').Entry>} */
export const zh = { ...common, ...door, ...side, ...talk, ...settings, ...program, ...invite, ...reach, ...notifications, ...keys, ...writing, ...search, ...files, ...hostStorage }
