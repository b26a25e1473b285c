/** The styles of the tools for writing, beside those of reading/styles.ts, whose variables they take. */
export const CSS = `
.tools { display: flex; flex-wrap: wrap; }
svg { inline-size: 1em; block-size: 1em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.tools button { display: grid; place-items: center; min-inline-size: 2.125em; min-block-size: 2em; padding: 0; border-color: transparent; color: var(--b-quiet); }
.tools:dir(rtl) :is(:nth-child(4), :nth-child(5)) svg { transform: scaleX(-1); }
.names { position: absolute; inset-block-start: 100%; inset-inline-start: 0; z-index: 2; min-inline-size: 11em; max-inline-size: 100%; padding: .25em; background: var(--b-surface); border: 1px solid var(--b-edge); border-radius: var(--b-radius); box-shadow: 0 4px 16px #0003; }
.names div { padding: .25em .625em; border-radius: 3px; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.names [aria-selected=true] { background: var(--b-accent); color: var(--b-on-accent); }
@media (hover: hover) {
  .names div:hover { outline: 1px solid var(--b-edge); }
}
@media (pointer: coarse) {
  .tools button { min-inline-size: 44px; min-block-size: 44px; }
  .names div { padding-block: .625em; }
}
@media (forced-colors: active) {
  .names [aria-selected=true] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`;
