/** The bar takes no room, so that nothing moves when it comes; it stays in view while the comments are. */
export const CSS = `
.news { position: sticky; inset-block-start: calc(var(--belowline-top, 0px) + 1.5em); z-index: 2; block-size: 0; display: flex; justify-content: center; align-items: start; }
.news button { background: var(--b-accent); color: var(--b-on-accent); border-color: var(--b-accent); border-radius: 99px; font-weight: 600; margin-block-start: -1em; box-shadow: 0 2px 10px #0003; flex: none; }
.news button:hover { background: var(--b-accent); color: var(--b-on-accent); text-decoration: underline; }
@media print { .news { display: none; } }
`;
