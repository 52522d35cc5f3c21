import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { matches } from '../static/js/text/fold.js'
import { initialsOf, isMeant } from '../static/js/text/pinyin.js'
import { snippet } from '../static/js/text/snippet.js'

test('the page marks what the host finds', () => {
  const cases = JSON.parse(readFileSync(new URL('golden/fold.json', import.meta.url), 'utf8'))
  for (const { text, query, found } of cases) {
    assert.deepEqual(matches(text, query).map((m) => text.slice(m.start, m.end)), found, `${query} in ${text}`)
  }
})

test('a snippet is the text around the first match, and nothing is lost from it', () => {
  const plain = (content, query) => snippet(content, query).map((p) => p.hit ? `[${p.text}]` : p.text).join('')
  assert.equal(plain('hello world', 'WORLD'), 'hello [world]')
  assert.equal(plain('two\nlines and a  gap', 'lines'), 'two [lines] and a gap')
  assert.equal(plain('会议改到周四下午，在三楼', '周四'), '会议改到[周四]下午，在三楼')
  const long = `${'word '.repeat(200)}needle${' word'.repeat(200)}`
  assert.match(plain(long, 'needle'), /^…(word )+\[needle\]( word)+( w?o?r?d?)…$/)
  assert.ok(plain(long, 'needle').length < 200)
  assert.match(plain('x'.repeat(1000) + '针', '针'), /^…x+\[针\]$/)
  assert.match(plain(`${'😀'.repeat(100)}针`, '针'), /^…(😀)+\[针\]$/u)
  // What the host found by a rule that this browser doesn't know is shown from its beginning.
  assert.equal(plain('something', 'else'), 'something')
})

test('the letters of pinyin', () => {
  const table = {
    a: '安艾爱敖阿', b: '白包边卞毕班鲍贝伯布步冰', c: '蔡曹岑常车陈陳成程池褚崔楚丛', d: '戴邓狄刁丁董窦杜段代党', e: '鄂恩尔娥',
    f: '樊范方房费冯封凤符福傅富发飞', g: '甘高葛耿公龚宫勾古顾关管郭国桂', h: '韩杭郝何贺洪侯胡花华黄霍海红',
    j: '姬吉季纪贾江姜蒋焦金靳景鞠佳建', k: '阚康柯孔寇匡况凯', l: '赖蓝郎雷黎李厉连廉梁廖林凌刘柳龙娄卢鲁陆路吕罗骆兰丽',
    m: '马麦毛梅孟米苗闵明莫牟穆美敏玛', n: '倪聂宁牛农娜南年楠', o: '欧', p: '潘庞裴彭皮平蒲鹏', q: '戚齐祁钱强乔秦丘邱裘屈瞿全权琪清',
    r: '冉饶任荣容阮芮然瑞', s: '沙商邵申沈盛施石史舒司宋苏孙索', t: '谭汤唐陶滕田童涂屠婷涛', w: '万汪王韦卫魏温文翁邬巫吴伍武伟',
    x: '席夏向项萧谢辛邢熊徐许宣薛荀小雪', y: '严颜杨姚叶伊易殷尹应尤于余俞虞袁岳云英宇燕', z: '臧詹张張章赵甄郑钟周朱诸祝庄卓宗邹祖左志',
  }
  for (const [letter, chars] of Object.entries(table)) for (const char of chars) assert.equal(initialsOf(char)[0], letter, char)
  assert.equal(initialsOf('曾'), 'cz')
  assert.equal(initialsOf('a'), '')
  assert.equal(initialsOf('ガ'), '')
})

test('people are found by what one types for their name', () => {
  const found = [
    ['张三', 'zs'], ['张三', 'z'], ['张三', 's'], ['张三', '张s'], ['张三', 'z三'], ['张三', 'ZS'], ['张三', 'z s'], ['张三', 'ｚｓ'],
    ['欧阳娜娜', 'oynn'], ['欧阳娜娜', 'nn'], ['曾小贤', 'zxx'], ['曾小贤', 'cxx'],
    ['Li 雷', 'll'], ['Li 雷', 'lil'], ['Alice 张', 'az'], ['Alice 张', 'alz'],
    ['Alice Meyer', 'am'], ['Alice Meyer', 'alme'], ['Alice Meyer', 'lice'], ['Rosa Jiménez', 'jimenez'], ['Rosa Jiménez', 'rj'], ['ROSA', 'rosa'],
    ['张伟（财务）', 'zwc'], ['张三', ''], ['x', ' '],
  ]
  for (const [name, query] of found) assert.ok(isMeant(name, query), `${query} means ${name}`)
  const not = [['张三', 'sz'], ['张三', 'zh'], ['张三', 'zss'], ['Alice Meyer', 'ma'], ['Alice Meyer', 'amx'], ['李四', 'zs'], ['?', 'a'], ['张三', '!']]
  for (const [name, query] of not) assert.ok(!isMeant(name, query), `${query} does not mean ${name}`)
})
