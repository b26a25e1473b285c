/**
 * Publishers set --belowline-accent, -on-accent, -surface, -ink, -font and -radius. Logical properties let the same
 * rules serve both directions of a line; sizes are in em, since they follow the text around the element, and the
 * container, which may be a narrow column. Mixed colours are mixed with nothing, so they suit whatever is behind. The widget's own words
 * may run against the page's direction, hence `plaintext`: "3 Comments" must not become "Comments 3". It would also turn
 * `start` round, hence `text-align` as left or right, by the direction of the whole. Rules of the page reach
 * the element itself and what is inherited from it, so that all begins anew at `.below`. Conversations far down are laid
 * out when they come near the window, so that a form opens at once among a thousand; a menu may stand out of its own.
 */
const CSS = `
:host {
  display: block; align-self: stretch; justify-self: stretch; min-width: 0; max-width: 100%; scroll-margin-top: var(--belowline-top, 0px);
  --b-ink: var(--belowline-ink, light-dark(#1b1d20, #e9e7e3));
  --b-quiet: color-mix(in srgb, var(--b-ink) 70%, transparent);
  --b-line: color-mix(in srgb, var(--b-ink) 16%, transparent);
  --b-edge: color-mix(in srgb, var(--b-ink) 55%, transparent);
  --b-surface: var(--belowline-surface, light-dark(#fff, #15171a));
  --b-soft: color-mix(in srgb, var(--b-ink) 6%, transparent);
  --b-accent: var(--belowline-accent, light-dark(#0b57a4, #8bbcff));
  --b-on-accent: var(--belowline-on-accent, light-dark(#fff, #0d1420));
  --b-alarm: light-dark(#a8201a, #ff9d94);
  --b-radius: var(--belowline-radius, 6px);
  color: var(--b-ink); background: var(--belowline-surface, transparent);
}
:host([theme]) { background: var(--b-surface); }
:host([theme=light]) { color-scheme: light !important; }
:host([theme=dark]) { color-scheme: dark !important; }
:host([theme=auto]) { color-scheme: light dark !important; }
[hidden] { display: none !important; }
*, ::before { box-sizing: border-box; }
.below {
  all: initial; display: block; color: var(--b-ink); color-scheme: inherit; visibility: inherit; text-size-adjust: inherit;
  font-family: var(--belowline-font, inherit); font-size: inherit; line-height: 1.55; text-align: left;
  container-type: inline-size; contain-intrinsic-width: 40em; padding-block: .5em;
}
.below:dir(rtl) { text-align: right; }
h1, h2, h3, h4, h5, h6, p, ol, ul, fieldset { margin: 0; padding: 0; border: 0; }
h1, h2, h3, h4, h5, h6 { font: inherit; font-weight: 650; }
ol { list-style: none; }
h1, h2, h3, h4, h5, h6, p, label, legend, button, .quiet, .when { unicode-bidi: plaintext; }
a { color: var(--b-accent); }
.quiet { color: var(--b-quiet); font-size: .875em; font-weight: 400; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--b-accent); outline-offset: 2px; border-radius: 3px; }
article:focus-visible { outline-offset: .5em; }

button, select, input, textarea { font: inherit; color: inherit; }
button { min-height: 2.125em; padding: .25em .75em; background: transparent; border: 1px solid var(--b-edge); border-radius: var(--b-radius); cursor: pointer; font-size: .9375em; }
[aria-disabled=true] { opacity: .6; cursor: default; }
.link, .jump, .act, .fold, .vote { border-color: transparent; padding-inline: .25em; }
.link, .jump { color: var(--b-accent); text-decoration: underline; }
.cut + .link { margin-inline-start: -.25em; }
.act, .fold, .vote { color: var(--b-quiet); font-size: .875em; padding-inline: .5em; }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25em 1em; border-bottom: 1px solid var(--b-edge); padding-bottom: .5em; }
.title { font-size: 1.375em; line-height: 1.25; margin-inline-end: auto; }
.unknown { visibility: hidden; }
.sorting { font-size: .9375em; white-space: nowrap; }
.sorting label { color: var(--b-quiet); font-weight: 400; }
select, input, textarea { background: var(--b-surface); border: 1px solid var(--b-edge); border-radius: var(--b-radius); padding: .4375em .625em; }
select { min-height: 2.125em; padding-block: .125em; }

.state { padding-block: 1.75em; text-align: center; }
.plain { color: var(--b-quiet); font-size: 1.0625em; }
.again { margin-top: .75em; }

.comment { padding-block: 1.125em 0; }
.list > :nth-child(n + 24) { content-visibility: auto; contain-intrinsic-block-size: auto 18em; overflow-clip-margin: 18em; }
.first > :nth-child(n + 4), .first ~ * { display: none; }
.list > :focus-within { position: relative; z-index: 1; }
.list > .comment { padding-bottom: 1.125em; border-bottom: 1px solid var(--b-line); }
.list > .comment:last-child { border: 0; }
article { scroll-margin-block: 5em; overflow-wrap: anywhere; }
.head, .answering { position: relative; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: .125em .625em; }
.avatar { display: grid; place-items: center; flex: none; width: 2em; height: 2em; border-radius: 50%; font-size: .9375em; font-weight: 650; line-height: 1; color: var(--b-quiet); background: var(--b-soft); }
.when { color: var(--b-quiet); font-size: .875em; text-decoration: none; }
.when:hover, .answering a { text-decoration: underline; }
[title]:is(:focus-visible, :active)::after { content: attr(title); position: absolute; z-index: 1; bottom: 100%; inset-inline: 0 auto; max-width: 100%; max-height: 6.5em; overflow: hidden; padding: .25em .5em; color: var(--b-ink); background: var(--b-surface); border: 1px solid var(--b-edge); border-radius: var(--b-radius); }
.fold, .vote { display: inline-flex; align-items: center; gap: .375em; justify-content: center; }
.fold { margin-inline-start: auto; min-width: 2em; }
.fold::before, .vote::before { content: ""; width: .5em; height: .5em; border: solid; border-width: 0 1.5px 1.5px 0; transform: translateY(-.15em) rotate(45deg); }
.fold[aria-expanded=true]::before, .up::before { transform: translateY(.15em) rotate(-135deg); }
.folded > :is(.replies, .more), .folded > article > :not(.head) { display: none; }
.tombstone .by { color: var(--b-quiet); font-weight: 400; font-style: italic; }
.content { padding-top: .375em; }
.answering { display: none; }
.deep > article .answering { display: block; }
.cut > :last-child::after { content: "…"; }
.body > * { text-align: start; }
.body > * + *, .body li > * + * { margin-top: .625em; }
.body :is(ul, ol) { list-style: revert; padding-inline-start: 1.5em; }
.body li + li { margin-top: .25em; }
.body blockquote { margin-inline: 0; padding-inline-start: .875em; border-inline-start: 3px solid var(--b-line); color: var(--b-quiet); }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .875em; }
.body code { background: var(--b-soft); border-radius: 3px; padding: .1em .3em; }
.body pre { background: var(--b-soft); border-radius: var(--b-radius); padding: .625em .75em; overflow-x: auto; }
.body pre code { padding: 0; }

.actions { position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: .125em; padding-top: .25em; margin-inline-start: -.5em; }
.votes { display: inline-flex; }
.replies { border-inline-start: 2px solid var(--b-line); margin-top: .375em; margin-inline-start: .9375em; padding-inline-start: 1.25em; }
.replies .avatar { width: 1.625em; height: 1.625em; font-size: .8125em; }
.replies:has(> .deep) { border: 0; margin-inline-start: 0; padding-inline-start: 0; }
.more { margin-top: .875em; color: var(--b-accent); font-weight: 600; }
.comment > .more { margin-inline-start: .9375em; }
.comment:has(> .more) .onward { display: none; }
.onward { display: inline-block; padding-block: .625em 0; }
.wide { display: block; width: 100%; min-height: 2.75em; }

.form-place { margin-top: 1.5em; padding-top: 1.5em; border-top: 1px solid var(--b-edge); }
.form { display: grid; gap: .875em; }
.form-title { font-size: 1.1875em; }
.field-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: .125em .75em; min-height: 2em; }
.field { display: grid; gap: .25em; min-width: 0; }
label { font-weight: 600; font-size: .9375em; }
textarea { display: block; width: 100%; min-height: 8.5em; resize: vertical; }
:empty:is(p, .state, .badges) { display: none; }
.form + .message { margin-top: .5em; }
.message { font-size: .9375em; color: var(--b-alarm); }

@container (max-width: 30em) {
  .replies { margin-inline-start: .25em; padding-inline-start: .75em; }
  .replies:has(> .deep-narrow) { border: 0; margin-inline-start: 0; padding-inline-start: 0; }
  .deep-narrow > article .answering { display: block; }
}
@media (hover: hover) {
  button:hover { background: var(--b-soft); color: var(--b-ink); }
}
@media (pointer: coarse) {
  button, select { min-height: 44px; min-width: 44px; }
  .when { padding-block: .625em; }
  input, textarea, select { font-size: max(1em, 16px); }
}
@media print {
  button, .vote, .sorting, .form-place, .slot { display: none !important; }
}
@media (forced-colors: active) {
  .avatar { border: 1px solid; }
}
`;

const made = new Map<string, CSSStyleSheet>();

/**
 * Gives the rules to a widget. A sheet is made from script and shared by all widgets of a page: no style element, so no
 * style-src is needed. It belongs to the page that it was made in; an element that has come into another one needs one
 * of there.
 */
export function adopt(root: ShadowRoot, css = CSS): void {
  const view = root.ownerDocument.defaultView;
  if (!view) return;
  let sheet = made.get(css);
  if (!(sheet instanceof view.CSSStyleSheet)) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    made.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
