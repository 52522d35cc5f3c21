// Sound, pop-ups, do not disturb.

/** @type {Record<keyof typeof import('../en/notifications.js').notifications, import('../en.js').Entry>} */
export const notifications = {
  'notice.title': '提醒',
  'notice.sound': '新消息提示音',
  'notice.popups': '没在看这里时，用系统弹窗提醒新消息',
  'notice.quiet': '勿扰：此浏览器不响铃、不弹窗',
  'notice.insecure': '这里无法弹窗：浏览器只在安全连接或主机本机上允许弹窗，而这里是局域网上的普通 http。提示音不受影响，标签页的标题和图标会显示新消息数。',
  'notice.denied': '这里无法弹窗：此浏览器已设为屏蔽。请在地址栏旁允许本页发送通知，然后重新加载。标签页的标题和图标会显示新消息数。',
  'notice.missing': '这里无法弹窗：此浏览器不为网页提供弹窗。提示音不受影响，标签页的标题和图标会显示新消息数。',
}
