// Writing: what is left of a message's length.

/** @type {Record<keyof typeof import('../en/writing.js').writing, import('../en.js').Entry>} */
export const writing = {
  'compose.left': '还可以写 {n} 字节（共 32,768）',
}
