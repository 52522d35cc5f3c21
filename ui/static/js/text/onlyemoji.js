// Whether a text is nothing but a few emoji, which are then shown large.

const ONE = String.raw`(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Emoji_Modifier_Base}(?=\p{Emoji_Modifier}))\uFE0F?\p{Emoji_Modifier}?(?:[\u{E0020}-\u{E007E}]+\u{E007F})?(?:\u200D\p{Emoji}\uFE0F?\p{Emoji_Modifier}?)*)`
const FEW = new RegExp(String.raw`^(?:${ONE}\s?){1,3}$`, 'u')
/** Three families are that long at most, in code units. */
const LONGEST = 120

/** @param {string} text */
export const onlyEmoji = (text) => text.length <= LONGEST && FEW.test(text)
