// Half an emoji, as programs leave it that cut a text anywhere, is nothing that the wire can carry.

/** With U+FFFD in place of each half of a pair that stands alone. @param {string} text */
export const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd')
