// Writing: what is left of a message's length.

export const writing = {
  'compose.left': '{n} of 32,768 bytes left',
}
