// The sound of a new message, made here: two soft notes. Browsers stay silent until somebody has touched the page.

const NOTES = [[784, 0], [1047, 0.11]]
const LOUD = 0.14
const LONG = 0.55
/** The sound card is let go of again after this, ms. */
const REST = 1_500

/** @returns {{ready: () => boolean, ring: () => Promise<void>}} */
export function bell() {
  /** @type {AudioContext | null} */
  let audio = null
  /** @type {any} */
  let rest = null

  async function wake() {
    if (typeof AudioContext === 'undefined') return null
    audio ??= new AudioContext()
    clearTimeout(rest)
    rest = setTimeout(() => audio?.suspend(), REST)
    await audio.resume()
    return audio
  }

  /** One browser takes a press for such a touch only when it ends, and says only by this that it did. */
  let allowed = false
  const touched = async () => {
    const it = await wake().catch(() => audio)
    if (it && it.state !== 'running') return
    allowed = it !== null
    for (const name of TOUCHES) removeEventListener(name, touched, true)
  }
  const TOUCHES = ['pointerup', 'touchend', 'click', 'keydown']
  for (const name of TOUCHES) addEventListener(name, touched, true)

  return {
    ready: () => allowed,
    async ring() {
      if (!allowed) return
      const it = await wake()
      if (it) for (const [pitch, after] of NOTES) play(it, pitch, it.currentTime + after)
    },
  }
}

/** @param {AudioContext} audio @param {number} pitch Hz @param {number} at s */
function play(audio, pitch, at) {
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = pitch
  volume.gain.setValueAtTime(0.0001, at)
  volume.gain.exponentialRampToValueAtTime(LOUD, at + 0.015)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LONG)
  tone.connect(volume).connect(audio.destination)
  tone.start(at)
  tone.stop(at + LONG)
}
