/** The styles of forms and menus, beside those of reading/styles.ts, whose variables they take. */
export const CSS = `
.own { background: var(--b-soft); border-radius: var(--b-radius); padding: .5em 1em; margin-block-start: 1em; }
legend, .wait { font-weight: 600; font-size: .9375em; }
.error { font-size: .9375em; }
.error, .warning, .over { color: var(--b-alarm); }
.primary { background: var(--b-accent); color: var(--b-on-accent); border-color: var(--b-accent); font-weight: 600; padding-inline: 1.25em; min-block-size: 2.5em; }
@media (hover: hover) {
  .primary:hover { background: var(--b-accent); color: var(--b-on-accent); box-shadow: 0 0 0 2px color-mix(in srgb, var(--b-accent) 40%, transparent); }
}
.badge { font-size: .75em; font-weight: 650; line-height: 1; padding: .25em .4375em; border-radius: 99px; color: var(--b-on-accent); background: var(--b-accent); }
.notice { border-inline-start: 3px solid var(--b-accent); background: var(--b-soft); padding: .375em .75em; margin-block-end: .5em; font-size: .9375em; border-radius: 2px; }
.refused { border-color: var(--b-alarm); }
.vote[aria-pressed=true] { color: var(--b-accent); border-color: var(--b-accent); font-weight: 650; }
.danger { color: var(--b-alarm); border-color: var(--b-alarm); }
.slot > .form, .inset { background: var(--b-soft); border-radius: var(--b-radius); padding: 1em; margin-block-start: .625em; }
.inset { display: grid; gap: .75em; }
.slot .form-title { font-size: 1em; }
.person { display: grid; gap: .875em; align-items: start; }
legend { margin-block-end: .375em; }
.choice { display: flex; gap: .5em; align-items: center; font-weight: 400; padding-block: .125em; }
.choice input { accent-color: var(--b-accent); inline-size: 1.125em; block-size: 1.125em; margin: 0; }
.field [role=tabpanel] { position: relative; }
.field input { inline-size: 100%; min-block-size: 2.5em; }
.ignored > :not(.ignored-line) { display: none; }
.preview { background: var(--b-surface); border: 1px dashed var(--b-edge); border-radius: var(--b-radius); padding: .4375em .625em; inline-size: 100%; min-block-size: 8.5em; overflow-wrap: anywhere; }
.counter, .warning { unicode-bidi: plaintext; }
.counter { color: var(--b-quiet); font-size: .875em; }
[aria-invalid=true] { border-color: var(--b-alarm); box-shadow: inset 0 0 0 1px var(--b-alarm); }
.tabs { display: flex; margin-inline-end: auto; }
.tabs button { border: 0; border-block-end: 2px solid transparent; border-radius: 0; color: var(--b-quiet); font-size: .875em; min-block-size: 2em; }
.tabs [aria-selected=true] { color: var(--b-ink); border-color: var(--b-accent); font-weight: 600; }
.field-foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .125em .75em; font-size: .875em; }
.field-foot .counter { font-size: inherit; margin-inline-start: auto; }
.place { margin-inline-start: auto; }
.buttons { display: flex; flex-wrap: wrap; gap: .5em; align-items: center; }
@container (min-width: 34em) { .person { grid-template-columns: 1fr 1fr; } }
@container (max-width: 30em) { .buttons .primary { flex: 1; } }
.menu { position: absolute; inset-block-start: 100%; z-index: 1; display: grid; min-inline-size: 11em; padding: .25em; background: var(--b-surface); border: 1px solid var(--b-edge); border-radius: var(--b-radius); box-shadow: 0 4px 16px #0003; }
.menu button { border-color: transparent; text-align: start; }
@media (pointer: coarse) { .choice, .field input { min-block-size: 44px; } }
@media (forced-colors: active) {
  .badge, .notice { border: 1px solid; }
  .vote[aria-pressed=true], .tabs [aria-selected=true] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`;
