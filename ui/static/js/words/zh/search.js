// Searching everywhere and in one chat.

/** @type {Record<keyof typeof import('../en/search.js').search, import('../en.js').Entry>} */
export const search = {
  'search.messages': '消息',
  'search.people': '显示全部 {n} 人',
  'search.mine': '你：',
  'search.started': '正在搜索…',
  'search.running': { other: '已找到 {n} 条，仍在搜索…' },
  'search.stop': '停止搜索',
  'search.stopped': '已停止，更早的消息没有搜索。',
  'search.paused': '最新的 {n} 条。',
  'search.on': '继续搜索',
  'search.done': { other: '共 {n} 条消息。' },
  'search.nowhere': '没有消息包含这些字。',
  'search.none': '没有找到“{q}”。',
  'search.short': '至少输入一个汉字或两个字母才会搜索消息。',
  'search.failed': '主机没有回应。',
  'find.here': '在此聊天中搜索',
  'find.at': '{i}/{n}',
  'find.atLeast': '{i}/{n}+',
  'find.none': '未找到',
  'find.older': '更早的一条',
  'find.newer': '更新的一条',
  'find.close': '结束搜索',
  'keys.find': '搜索联系人和消息',
  'keys.findHere': '在此聊天中搜索；再按一次用浏览器自带的查找',
}
