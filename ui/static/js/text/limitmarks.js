// Text that was made to break other people's pages: few marks stay on a base character.

/** The marks that pile up on any letter: at most two. Scripts with marks of their own need more, Burmese and Tibetan four. */
const PILED = '[\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]'
const PILE = new RegExp(`(${PILED}{2})${PILED}+`, 'gu')
const MANY = /(\p{M}{6})\p{M}+/gu

/** @param {string} text */
export const limitMarks = (text) => text.replace(PILE, '$1').replace(MANY, '$1')
