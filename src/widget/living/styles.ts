/**
 * The words of a title are shown where no mouse is: on focus, and under a finger. The bar takes no room, so that nothing moves when it comes;
 * it stays in view while the comments are.
 */
export const CSS = `
.news { position: sticky; inset-block-start: calc(var(--belowline-top, 0px) + .5em); z-index: 2; block-size: 0; display: flex; justify-content: center; align-items: start; }
.news button { background: var(--b-accent); color: var(--b-on-accent); border-color: var(--b-accent); border-radius: 99px; font-weight: 600; margin-block-start: -1em; box-shadow: 0 2px 10px #0003; flex: none; }
.news button:hover { background: var(--b-accent); color: var(--b-on-accent); text-decoration: underline; }
[title]:is(:focus-visible, :active)::after { content: attr(title); position: absolute; z-index: 1; inset-inline: 0 auto; inset-block-end: 100%; max-inline-size: 100%; max-block-size: 6.5em; overflow: hidden; padding: .25em .5em; color: var(--b-ink); background: var(--b-surface); border: 1px solid var(--b-edge); border-radius: var(--b-radius); }
.head, .answering { position: relative; }
@media print { .news { display: none; } }
`;
