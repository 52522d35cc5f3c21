// Inviting others.

/** @type {Record<keyof typeof import('../en/invite.js').invite, import('../en.js').Entry>} */
export const invite = {
  'invite.title': '邀请别人',
  'invite.text': '同一网络里的人用浏览器打开其中一个地址，填上名字即可，无需安装。',
  'invite.code': '也可以打开这里的地址，然后输入邀请码：',
  'invite.new': '生成新的邀请码',
  'invite.other': '如果对方打不开，请试试这些地址：',
}
