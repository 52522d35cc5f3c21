// English, a file for each room of the page. An entry is a text or, where a number decides, its plural forms.

import { common } from './en/common.js'
import { door } from './en/door.js'
import { side } from './en/side.js'
import { talk } from './en/talk.js'
import { settings } from './en/settings.js'
import { program } from './en/program.js'
import { reach } from './en/reach.js'
import { invite } from './en/invite.js'
import { search } from './en/search.js'
import { writing } from './en/writing.js'
import { keys } from './en/keys.js'
import { files } from './en/files.js'
import { hostStorage } from './en/hoststorage.js'
import { notifications } from './en/notifications.js'

/** @typedef {string | {one?: string, other: string}} Entry */

export const en = { ...common, ...door, ...side, ...talk, ...settings, ...program, ...invite, ...reach, ...notifications, ...keys, ...writing, ...search, ...files, ...hostStorage }
