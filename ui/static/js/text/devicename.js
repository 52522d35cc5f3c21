// A device's name as people read it, in any language: the browser, then the system.

/** @param {string} name as the host made it, "Firefox on Windows" */
export const deviceName = (name) => name.replace(' on ', ' · ')
