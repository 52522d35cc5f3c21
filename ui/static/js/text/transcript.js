// Several messages as one text, to be pasted elsewhere: who and when above what was said. A single one is only what was said.

/** @param {{name: string, when: string, content: string}[]} messages */
export function transcript(messages) {
  if (messages.length === 1) return messages[0].content
  return messages.map((m) => `${m.name}, ${m.when}\n${m.content}`).join('\n\n')
}
