// A browser that lacks what the page cannot do without gets a sentence instead of a blank page. A classic script in the oldest syntax,
// for it is the old ones that have to understand it. The page is emptied before its module runs, which then has no place to begin.

(function () {
  if ('noModule' in HTMLScriptElement.prototype && typeof HTMLDialogElement === 'function' && typeof [].findLast === 'function' && typeof AbortSignal === 'function' && 'timeout' in AbortSignal) return

  /** @param {string} lang @param {string} text */
  function say(lang, text) {
    var line = document.createElement('p')
    line.className = 'noscript'
    line.lang = lang
    line.appendChild(document.createTextNode(text))
    document.body.appendChild(line)
  }

  document.addEventListener('readystatechange', function () {
    if (document.readyState !== 'interactive') return
    while (document.body.firstChild) document.body.removeChild(document.body.firstChild)
    say('en', 'This browser is too old for Duologue. It needs Chrome 105, Firefox 115 or Safari 16, or a newer one.')
    say('zh-CN', '此浏览器版本过旧，无法使用 Duologue。请使用 Chrome 105、Firefox 115、Safari 16 或更新的版本。')
  })
})()
