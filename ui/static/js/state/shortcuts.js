// The keys that do something, for the sheet that lists them. Each room adds its own here; a key that depends on a choice is
// given by a function of it. Ctrl stands for the key of commands, whatever it is called on this computer.

/** @import {Key} from '../words/index.js' */
/** @import {Values} from './prefs.js' */

/**
 * One line of the sheet: keys pressed together, and other keys that do the same.
 * @typedef {{keys: string[][] | ((enter: Values['enter']) => string[][]), does: Key}} Shortcut
 */

/** @type {{title: Key, list: Shortcut[]}[]} */
export const SHORTCUTS = [
  { title: 'keys.everywhere', list: [
    { keys: [['?']], does: 'keys.sheet' },
    { keys: [['Ctrl', 'K']], does: 'keys.find' },
    { keys: [['Tab']], does: 'keys.tab' },
    { keys: [['Esc']], does: 'keys.escape' },
  ] },
  { title: 'keys.lists', list: [
    { keys: [['↑'], ['↓'], ['Home'], ['End']], does: 'keys.rows' },
    { keys: [['Enter']], does: 'keys.open' },
    { keys: [['M']], does: 'keys.menu' },
  ] },
  { title: 'keys.writing', list: [
    { keys: (enter) => enter === 'ctrl' ? [['Ctrl', 'Enter']] : [['Enter']], does: 'keys.send' },
    { keys: (enter) => enter === 'ctrl' ? [['Enter']] : [['Shift', 'Enter']], does: 'keys.break' },
    { keys: [['↑']], does: 'keys.last' },
    { keys: [['Ctrl', 'E']], does: 'keys.emoji' },
  ] },
  { title: 'keys.talk', list: [
    { keys: [['↑'], ['↓']], does: 'keys.messages' },
    { keys: [['Enter']], does: 'keys.actions' },
    { keys: [['R']], does: 'keys.reply' },
    { keys: [['E']], does: 'keys.edit' },
    { keys: [['Ctrl', 'C']], does: 'keys.copy' },
    { keys: [['Delete']], does: 'keys.remove' },
    { keys: [['Ctrl', 'Z']], does: 'keys.undo' },
    { keys: [['Space']], does: 'keys.pick' },
    { keys: [['Ctrl', 'F']], does: 'keys.findHere' },
    { keys: [['Esc']], does: 'keys.box' },
  ] },
]
