// The key that turns a letter into a command: ⌘ on a Mac, where Ctrl moves the cursor, and Ctrl everywhere else.

const mac = (platform = navigator.platform) => /Mac|iP(hone|ad)/.test(platform)

/** Whether a key is pressed as a command. @param {Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>} e @param {string} [platform] */
export const commands = (e, platform) => mac(platform) ? e.metaKey && !e.ctrlKey : e.ctrlKey && !e.metaKey

/** What is printed on that key. @param {string} [platform] */
export const commandKey = (platform) => mac(platform) ? '⌘' : 'Ctrl'
