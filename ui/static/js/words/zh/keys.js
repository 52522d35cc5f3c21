// The sheet of shortcuts.

/** @type {Record<keyof typeof import('../en/keys.js').keys, import('../en.js').Entry>} */
export const keys = {
  'keys': '键盘快捷键',
  'keys.everywhere': '任何地方',
  'keys.sheet': '打开这张表（不在输入框中时）',
  'keys.tab': '移到下一项，加 Shift 移到上一项',
  'keys.escape': '关闭已打开的内容',
  'keys.lists': '聊天和联系人',
  'keys.rows': '上下移动，跳到第一行或最后一行',
  'keys.open': '打开聊天',
  'keys.menu': '可对聊天进行的操作',
  'keys.talk': '对话',
  'keys.messages': '在消息之间移动',
  'keys.actions': '可对消息进行的操作',
  'keys.reply': '回复这条消息',
  'keys.edit': '修改自己的消息',
  'keys.copy': '复制消息',
  'keys.remove': '从自己这边删除',
  'keys.undo': '撤销删除',
  'keys.pick': '选择多条',
  'keys.box': '回到输入框',
  'keys.writing': '输入',
  'keys.send': '发送',
  'keys.break': '换行',
  'keys.last': '输入框为空时，修改上一条消息',
  'keys.emoji': '选择表情',
}
