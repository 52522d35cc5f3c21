// The doors: first start, joining, signing in.

/** @type {Record<keyof typeof import('../en/door.js').door, import('../en.js').Entry>} */
export const door = {
  'setup.title': '开始你们的对话空间',
  'setup.text': '这台电脑将作为主机。同一网络里的人打开链接即可加入，聊天内容只保存在这里。',
  'setup.go': '开始',
  'setup.closed.title': '就差一步',
  'setup.closed.text': 'Duologue 刚在这里启动，还在等待它的主人。请在那台电脑上，用程序启动时显示的地址打开。',
  'join.title': '加入 {title}',
  'join.text': '起个名字就行，其他人会看到它。',
  'join.go': '加入',
  'join.other': '我以前来过',
  'signin.title': '登录',
  'signin.text': '使用你的名字和设置过的密码。',
  'signin.go': '登录',
  'signin.help': '没有密码？在已登录的设备上打开“设置”中的“我的设备”，生成一个链接，或者请这里的主人给你一个。',
  'signin.other': '我有邀请',
  'lost.title': '正在寻找主机',
  'lost.text': '运行 Duologue 的电脑没有回应。本页会自动重试。',

  'door.unauthorized': '名字或密码不正确。',
  'door.forbidden': '这个邀请码无效或已失效。',
  'door.conflict': '这个名字已被使用，或与别人的太像，请换一个。',
  'door.suggest': '使用“{name}”',
  'door.invalid': '这个名字不能用：最多 40 个字，且不能含不可见字符。',
  'door.members': '这里的人数已达上限，需要主人先移除一位成员。',
  'door.link': '这个链接已用过或已过期。',
  'door.ended': '此设备已退出登录。',
  'door.other': '此浏览器的另一个标签页里已有别人登录。',
  'door.token': '这个启动链接已失效。请在主机上重新启动 Duologue 以获得新的链接。',
}
