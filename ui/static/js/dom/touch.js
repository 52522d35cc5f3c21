// Whether this device is used by fingers: a keyboard on glass covers half of the page, and Enter there breaks the line.

export const touch = () => matchMedia('(hover: none) and (pointer: coarse)').matches
