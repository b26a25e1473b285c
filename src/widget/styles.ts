/**
 * Publishers set --belowline-accent, -on-accent, -surface, -ink, -font and -radius. Logical properties let the same
 * rules serve both directions; sizes follow the container, since a widget may stand in a narrow column. The widget's
 * own words may run against the page's direction, hence `plaintext`: "3 Comments" must not become "Comments 3". It
 * would also turn `start` round, hence `text-align` as left or right, by the direction of the page.
 */
const CSS = `
:host {
  display: block; text-align: left;
  --b-ink: var(--belowline-ink, light-dark(#1b1d20, #e9e7e3));
  --b-quiet: color-mix(in srgb, var(--b-ink) 70%, var(--b-surface));
  --b-line: color-mix(in srgb, var(--b-ink) 16%, var(--b-surface));
  --b-edge: color-mix(in srgb, var(--b-ink) 55%, var(--b-surface));
  --b-surface: var(--belowline-surface, light-dark(#fff, #15171a));
  --b-soft: color-mix(in srgb, var(--b-ink) 6%, var(--b-surface));
  --b-accent: var(--belowline-accent, light-dark(#0b57a4, #8bbcff));
  --b-on-accent: var(--belowline-on-accent, light-dark(#fff, #0d1420));
  --b-alarm: light-dark(#a8201a, #ff9d94);
  --b-radius: var(--belowline-radius, 6px);
  color: var(--b-ink); background: var(--b-surface);
  font-family: var(--belowline-font, inherit); font-size: 1rem; line-height: 1.55;
}
:host(:dir(rtl)) { text-align: right; }
:host([theme=light]) { color-scheme: light !important; }
:host([theme=dark]) { color-scheme: dark !important; }
:host([theme=auto]) { color-scheme: light dark !important; }
[hidden] { display: none !important; }
*, ::before { box-sizing: border-box; }
.below { container-type: inline-size; padding-block: .5rem; }
h1, h2, h3, h4, h5, h6, p, ol, ul, fieldset { margin: 0; padding: 0; border: 0; }
h1, h2, h3, h4, h5, h6 { font: inherit; font-weight: 650; }
ol { list-style: none; }
h1, h2, h3, h4, h5, h6, p, label, legend, button, .quiet, .when, .counter, .warning, .banner span { unicode-bidi: plaintext; }
a { color: var(--b-accent); }
.quiet, .counter { color: var(--b-quiet); font-size: .875rem; font-weight: 400; }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--b-accent); outline-offset: 2px; border-radius: 3px; }
article:focus-visible { outline-offset: .5rem; }

button, select, input, textarea { font: inherit; color: inherit; }
button { min-block-size: 2.125rem; padding: .25rem .75rem; background: transparent; border: 1px solid var(--b-edge); border-radius: var(--b-radius); cursor: pointer; font-size: .9375rem; }
button[aria-disabled=true], button:disabled { opacity: .6; cursor: default; }
.primary { background: var(--b-accent); color: var(--b-on-accent); border-color: var(--b-accent); font-weight: 600; padding-inline: 1.25rem; min-block-size: 2.5rem; }
.danger { color: var(--b-alarm); border-color: var(--b-alarm); }
.link, .jump, .act, .fold { border-color: transparent; padding-inline: .25rem; }
.link, .jump { color: var(--b-accent); text-decoration: underline; }
.cut + .link { margin-inline-start: -.25rem; }
.act { color: var(--b-quiet); font-size: .875rem; padding-inline: .5rem; }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; border-block-end: 2px solid var(--b-ink); padding-block-end: .5rem; }
.title { font-size: 1.375rem; line-height: 1.25; margin-inline-end: auto; }
.unknown { visibility: hidden; }
.sorting { font-size: .9375rem; white-space: nowrap; }
.sorting label { color: var(--b-quiet); font-weight: 400; }
select, input, textarea, .preview { background: var(--b-surface); border: 1px solid var(--b-edge); border-radius: var(--b-radius); padding: .4375rem .625rem; }
select { min-block-size: 2.125rem; padding-block: .125rem; }

.banner, .own { background: var(--b-soft); border-radius: var(--b-radius); padding: .5rem 1rem; margin-block-start: 1rem; }
.banner { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
.part:not(:has(li)) { display: none; }
.part > :first-child { font-size: 1.0625rem; }
.state { padding-block: 1.75rem; text-align: center; }
.plain { color: var(--b-quiet); font-size: 1.0625rem; }
.again { margin-block-start: .75rem; }

.comment { padding-block: 1.125rem 0; }
.list > .comment { padding-block-end: 1.125rem; border-block-end: 1px solid var(--b-line); }
.list > .comment:last-child { border: 0; }
article { scroll-margin-block: 5rem; overflow-wrap: anywhere; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: .125rem .625rem; }
.avatar { display: grid; place-items: center; flex: none; inline-size: 2rem; block-size: 2rem; border-radius: 50%; font-size: .9375rem; font-weight: 650; line-height: 1; color: light-dark(#fff, #111); background: light-dark(oklch(45% .1 var(--hue)), oklch(80% .1 var(--hue))); }
.badge { font-size: .75rem; font-weight: 650; line-height: 1; padding: .25rem .4375rem; border-radius: 99px; color: var(--b-on-accent); background: var(--b-accent); }
.when { color: var(--b-quiet); font-size: .875rem; text-decoration: none; }
.when:hover { text-decoration: underline; }
.fold { margin-inline-start: auto; display: inline-flex; align-items: center; gap: .375rem; color: var(--b-quiet); font-size: .8125rem; min-inline-size: 2rem; justify-content: center; }
.fold::before { content: ""; inline-size: .5rem; block-size: .5rem; border: solid currentColor; border-width: 0 1.5px 1.5px 0; transform: translateY(.15rem) rotate(-135deg); }
.folded > article .fold::before { transform: translateY(-.15rem) rotate(45deg); }
.folded > :is(.replies, .more), .folded > article > :not(.head) { display: none; }
.tombstone .by { color: var(--b-quiet); font-weight: 400; font-style: italic; }
.content { padding-block-start: .375rem; }
.answering { display: none; }
.deep > article .answering { display: block; }
.cut > :last-child::after { content: "…"; }
.body > * { text-align: start; }
.body > * + *, .body li > * + * { margin-block-start: .625rem; }
.body :is(ul, ol) { list-style: revert; padding-inline-start: 1.5rem; }
.body li + li { margin-block-start: .25rem; }
.body blockquote { margin-inline: 0; padding-inline-start: .875rem; border-inline-start: 3px solid var(--b-line); color: var(--b-quiet); }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .875em; }
.body code { background: var(--b-soft); border-radius: 3px; padding: .1em .3em; }
.body pre { background: var(--b-soft); border-radius: var(--b-radius); padding: .625rem .75rem; overflow-x: auto; }
.body pre code { padding: 0; }
.notice { border-inline-start: 3px solid var(--b-accent); background: var(--b-soft); padding: .375rem .75rem; margin-block-end: .5rem; font-size: .9375rem; border-radius: 2px; }
.refused { border-color: var(--b-alarm); }
.highlit { background: var(--b-soft); box-shadow: 0 0 0 .5rem var(--b-soft); outline: 2px solid var(--b-accent); outline-offset: .5rem; border-radius: 2px; }

.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .125rem; padding-block-start: .25rem; margin-inline-start: -.5rem; }
.votes { display: inline-flex; }
.vote { display: inline-flex; align-items: center; gap: .25rem; min-block-size: 2.125rem; padding: .25rem .5rem; border: 1px solid transparent; color: var(--b-quiet); font-size: .875rem; }
.vote[aria-pressed=true] { color: var(--b-accent); border-color: var(--b-accent); font-weight: 650; }
svg { inline-size: 1rem; block-size: 1rem; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.replies { border-inline-start: 2px solid var(--b-line); margin-block-start: .375rem; margin-inline-start: .9375rem; padding-inline-start: 1.25rem; }
.replies .avatar { inline-size: 1.625rem; block-size: 1.625rem; font-size: .8125rem; }
.replies:has(> .deep) { border: 0; margin-inline-start: 0; padding-inline-start: 0; }
.more { margin-block-start: .875rem; color: var(--b-accent); font-weight: 600; }
.comment > .more { margin-inline-start: .9375rem; }
.wide { display: block; inline-size: 100%; min-block-size: 2.75rem; }

.siblings, .form-place { margin-block-start: 1.5rem; padding-block-start: 1.5rem; border-block-start: 2px solid; }
.form { display: grid; gap: .875rem; }
.slot > .form, .inset { background: var(--b-soft); border-radius: var(--b-radius); padding: 1rem; margin-block-start: .625rem; }
.inset { display: grid; gap: .75rem; }
.form-title { font-size: 1.1875rem; }
.slot .form-title { font-size: 1rem; }
.person { display: grid; gap: .875rem; align-items: start; }
.field { display: grid; gap: .25rem; min-inline-size: 0; }
label, legend, .wait { font-weight: 600; font-size: .9375rem; }
legend { margin-block-end: .375rem; }
.choice { display: flex; gap: .5rem; align-items: center; font-weight: 400; padding-block: .125rem; }
.choice input { accent-color: var(--b-accent); inline-size: 1.125rem; block-size: 1.125rem; margin: 0; }
.field input { inline-size: 100%; min-block-size: 2.5rem; }
textarea, .preview { display: block; inline-size: 100%; min-block-size: 8.5rem; resize: vertical; }
.preview { border-style: dashed; overflow-wrap: anywhere; }
[aria-invalid=true] { border-color: var(--b-alarm); box-shadow: inset 0 0 0 1px var(--b-alarm); }
.field-head, .field-foot { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: .125rem .75rem; }
.tabs { display: flex; }
.tabs button { border: 0; border-block-end: 2px solid transparent; border-radius: 0; color: var(--b-quiet); font-size: .875rem; min-block-size: 2rem; }
.tabs [aria-selected=true] { color: var(--b-ink); border-color: var(--b-accent); font-weight: 600; }
.field-foot { font-size: .875rem; align-items: baseline; }
.formatting { margin-inline-end: auto; font-size: .8125rem; }
.formatting code { white-space: nowrap; padding-inline-start: .375rem; }
:is(.error, .message, .wait, .state):empty { display: none; }
.error, .message { font-size: .9375rem; }
.error, .message, .warning, .over { color: var(--b-alarm); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.form .again { margin: 0; justify-self: start; }

@container (min-width: 34rem) { .person { grid-template-columns: 1fr 1fr; } }
@container (max-width: 30rem) {
  .replies { margin-inline-start: .25rem; padding-inline-start: .75rem; }
  .replies:has(> .deep-narrow) { border: 0; margin-inline-start: 0; padding-inline-start: 0; }
  .deep-narrow > article .answering { display: block; }
  .buttons .primary { flex: 1; }
  .formatting { inline-size: 100%; }
}
@media (hover: hover) {
  button:hover { background: var(--b-soft); color: var(--b-ink); }
  .primary:hover { background: var(--b-accent); color: var(--b-on-accent); filter: brightness(1.1); }
}
@media (pointer: coarse) {
  button, select, .vote, .choice, .field input { min-block-size: 2.75rem; min-inline-size: 2.75rem; }
  .when { padding-block: .625rem; }
  input, textarea, select { font-size: max(1rem, 16px); }
}
@media (forced-colors: active) {
  .avatar, .badge, .notice, .highlit, .banner { border: 1px solid; }
  .vote[aria-pressed=true], .tabs [aria-selected=true] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`;

let made: CSSStyleSheet | null = null;

/**
 * Made from script and shared by all widgets of a page: no style element, so no style-src is needed. A sheet belongs to
 * the page that it was made in; an element that has come into another one needs one of there.
 */
export function sheet({ CSSStyleSheet }: typeof globalThis): CSSStyleSheet {
  if (!(made instanceof CSSStyleSheet)) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}
