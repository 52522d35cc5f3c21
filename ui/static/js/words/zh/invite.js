// Inviting others.

/** @type {Record<keyof typeof import('../en/invite.js').invite, import('../en.js').Entry>} */
export const invite = {
  'invite.title': '邀请别人',
  'invite.text': '对方只要在同一网络里，有浏览器，填个名字就能加入，无需安装。',
  'invite.scan': '扫描二维码',
  'invite.type': '或者在浏览器地址栏输入：',
  'invite.code': '然后输入邀请码：',
  'invite.new': '生成新的邀请码',
  'invite.send': '或者发送这个链接',
  'invite.other': '如果对方打不开，请试试这些地址',
  'invite.wechat': '用微信扫码时，请点右上角 ••• ，选择“在浏览器打开”。',
  'invite.closed': '这个地址只有本机能打开，别人暂时还进不来。',
  'qr': '地址的二维码',
}
