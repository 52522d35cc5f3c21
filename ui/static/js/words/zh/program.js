// The program on the host's computer.

/** @type {Record<keyof typeof import('../en/program.js').program, import('../en.js').Entry>} */
export const program = {
  'program.title': '程序',
  'program.version': '版本',
  'program.since': '启动时间',
  'program.people': '成员',
  'program.people.n': { other: '{n} 人，{online} 人在线' },
  'program.size': '占用空间',
  'program.folder': '文件夹',
  'program.addresses': '地址',
  'program.startup': '开机时自动启动',
  'program.awake': '有人连接时不让这台电脑睡眠',
  'program.elsewhere': '这些开关只能在主机本机上更改。',
  'program.quit': '退出 Duologue',
  'program.ended': 'Duologue 已退出。需要时请在主机上重新启动，此页面可以关闭。',
  'sure.quit': '退出 Duologue 吗？',
  'sure.quit.text': '在主机上重新启动之前，所有人都无法在这里收发消息。内容不会丢失。',
  'sure.quit.others': { other: '还有 {n} 人在线。' },
}
