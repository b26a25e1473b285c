/** The styles of one conversation, beside those of reading/styles.ts, whose variables they take. */
export const CSS = `
.siblings { margin-block-start: 1.5em; padding-block-start: 1.5em; border-block-start: 1px solid var(--b-edge); }
.banner span { unicode-bidi: plaintext; }
@media print { .banner { display: none; } }
.highlit .when::after { content: attr(title); margin-inline-start: .5em; }
.banner { background: var(--b-soft); border-radius: var(--b-radius); padding: .5em 1em; margin-block-start: 1em; }
.banner { display: flex; flex-wrap: wrap; gap: .25em .75em; align-items: center; }
.part:not(:has(li)) { display: none; }
.part > :first-child { font-size: 1.0625em; }
.highlit { background: var(--b-soft); box-shadow: 0 0 0 .5em var(--b-soft); outline: 2px solid var(--b-accent); outline-offset: .5em; border-radius: 2px; }
@media (forced-colors: active) { .highlit, .banner { border: 1px solid; } }
`;
