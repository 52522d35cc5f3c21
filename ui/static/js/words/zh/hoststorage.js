// The room that everybody's files have.

/** @type {Record<keyof typeof import('../en/hoststorage.js').hostStorage, import('../en.js').Entry>} */
export const hostStorage = {
  'space': '所有人的文件',
  'space.used': '所有人共占用 {used}，磁盘还能存放 {free}。',
  'space.used.of': '所有人共占用 {used}，上限 {cap}，磁盘还能存放 {free}。',
  'space.coming': '另有 {size} 正在上传。',
  'space.level.warn': '文件空间快满了。',
  'space.level.full': '文件空间已满。',
  'space.relief': '可以调高上限、清理磁盘，或请其他人删除旧文件：所有人都不再保留的文件会腾出空间。',
  'space.cap': '所有文件的总上限（GB）',
  'space.cap.none': '不限',
  'space.cap.text': '留空则只受磁盘限制。调低上限不会删除任何文件。',
  'files.failed.quota': '你的文件将超过在这里的额度。',
  'files.failed.cap': '所有文件加起来将超过这里的主人设定的上限。',
}
