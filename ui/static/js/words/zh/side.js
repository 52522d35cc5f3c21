// The lists on the left.

/** @type {Record<keyof typeof import('../en/side.js').side, import('../en.js').Entry>} */
export const side = {
  'side.label': '聊天和联系人',
  'side.find': '搜索联系人',
  'side.chats': '聊天',
  'side.people': '联系人',
  'side.here': '联系人 · {n} 人在线',
  'side.none': '还没有聊天。想和谁聊聊？',
  'side.alone': '这里还没有别人。',
  'side.nothing': '没有叫这个名字的人。',
  'side.invite': '邀请别人',
  'side.me': '设置，{name}',
  'draft': '草稿：',
  'you': '你',
  'you.wrote': '你：{text}',
  'devices': '我的设备',
  'devices.here': '在自己的设备之间传文字',

  'here': '在线',
  'seen': '最后在线：{time}',
  'away': '不在线',
  'removed': '已不是成员',
}
