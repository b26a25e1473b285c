import { type Markup, markup } from '../../core/text/markup.ts';

/** The one style of all pages. A policy lets it through by its hash, so nothing is ever put into it. */
export const STYLE: Markup = markup`:root{color-scheme:light dark;--ink:light-dark(#1b1d20,#e9e7e3);--paper:light-dark(#fff,#15171a);--quiet:light-dark(#595c63,#a9adb4);--line:light-dark(#dcdcdd,#36383b);--edge:light-dark(#767a82,#82868e);--accent:light-dark(#0b57a4,#8bbcff);--soft:light-dark(#f3f3f4,#202327);--alarm:light-dark(#a8201a,#ff9d94)}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.6 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
.page{max-width:42rem;margin:auto;padding:1.5rem 1.25rem 4rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
h1{font-size:1.625rem;line-height:1.25;margin:.25rem 0 .5rem}
h2{font-size:1.25rem;margin:2rem 0 0;padding-bottom:.5rem;border-bottom:2px solid}
h3{display:inline;font-size:1rem;margin:0}
p{margin:.5rem 0}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.75rem 0}
nav [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.site,.quiet,.votes,.gone,header a,.hint{color:var(--quiet);font-size:.875rem}
header a{margin-left:.5rem}
ol,ul{margin:.5rem 0;padding-left:1.5rem}
section ol:has(>li>article),.belowline-thread>ol{list-style:none;margin:0;padding:0}
.belowline-thread>ol>li{border-bottom:1px solid var(--line)}
article{padding:.875rem 0;scroll-margin-top:1rem}
article:target{background:var(--soft);box-shadow:0 0 0 .75rem var(--soft)}
article article{padding:.625rem 0 .25rem .875rem;margin-top:.5rem;border-left:2px solid var(--line)}
blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid var(--edge);color:var(--quiet)}
pre{white-space:pre-wrap;padding:.75rem;background:var(--soft)}
code{font:.9em ui-monospace,monospace}
.more,.gone{padding:.25rem 0}
.act{font-size:.9375rem}
.field{margin:1rem 0}
.trap{display:none}
label{display:block;font-weight:600}
input,textarea,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:6px;padding:.5rem .75rem}
input,textarea{width:100%}
textarea{display:block;resize:vertical}
[aria-invalid]{border-color:var(--alarm)}
.alarm{color:var(--alarm);font-weight:600}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem}
button{cursor:pointer;padding-inline:1.25rem}
.primary{background:var(--accent);border-color:var(--accent);color:light-dark(#fff,#0d1420);font-weight:600}
.quoted,.preview{background:var(--soft);border-radius:6px;padding:.5rem 1rem;margin:1rem 0}
.preview h2{margin:.25rem 0;border:0;padding:0;font-size:1rem}
@media print{.page{max-width:none;padding:0}nav,.more,.act{display:none}article{break-inside:avoid-page}body{font-size:11pt}}`;

/** The hash of the text above; tests/node/pages.test.ts says which it has to be. */
export const STYLE_HASH = 'sha256-mBS5ERw54sJUzhXtv6jk5LCNhlZ27Fm+CNjqDcs06aY=';
