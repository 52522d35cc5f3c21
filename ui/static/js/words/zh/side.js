// The lists on the left.

/** @type {Record<keyof typeof import('../en/side.js').side, import('../en.js').Entry>} */
export const side = {
  'side.label': '聊天和联系人',
  'side.find': '搜索联系人和消息',
  'side.chats': '聊天',
  'side.people': '联系人',
  'side.here': '联系人 · {n} 人在线',
  'side.none': '还没有聊天。想和谁聊聊？',
  'side.alone': '这里还没有别人。',
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

  'pinned': '已置顶',
  'muted': '已静音',
  'marked': '已标为未读',
  'menu.chatWith': '对与 {name} 的聊天的操作',
  'menu.pin': '置顶',
  'menu.unpin': '取消置顶',
  'menu.mute': '静音',
  'menu.mute.note': '不响铃，标题不计数。{name} 不会知道。',
  'menu.unmute': '取消静音',
  'menu.unread': '标为未读',
  'menu.unread.note': '只提醒你自己，{name} 不会知道。',
  'menu.read': '标为已读',
  'menu.read.note': '{name} 会看到已读。',
  'menu.deleteChat.note': '{name} 那边的仍会保留。',
}
