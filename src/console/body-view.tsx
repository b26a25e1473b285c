import type { ComponentChild } from 'preact';
import type { Block, BodyTree, Inline } from '../contract/body.ts';
import { directionOf } from '../contract/direction.ts';

/** The server sends only such addresses; a second check keeps `javascript:` out for certain. */
const SAFE_LINK = /^https?:/i;

function inlines(nodes: Inline[]): ComponentChild[] {
  return nodes.map((node, at) => {
    if (typeof node === 'string') return node;
    switch (node.t) {
      case 'em':
        return <em key={at}>{inlines(node.c)}</em>;
      case 'strong':
        return <strong key={at}>{inlines(node.c)}</strong>;
      case 'del':
        return <del key={at}>{inlines(node.c)}</del>;
      case 'code':
        return <code key={at}>{node.s}</code>;
      case 'br':
        return <br key={at} />;
      case 'a':
        if (!SAFE_LINK.test(node.href)) return <span key={at}>{inlines(node.c)}</span>;
        // The title shows the real target of a link before anybody follows it.
        return (
          <a key={at} href={node.href} title={node.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {inlines(node.c)}
          </a>
        );
      default:
        return null;
    }
  });
}

function blocks(nodes: Block[]): ComponentChild[] {
  return nodes.map((node, at) => {
    switch (node.t) {
      case 'p':
        return (
          <p key={at} dir={directionOf(node)}>
            {inlines(node.c)}
          </p>
        );
      case 'quote':
        return <blockquote key={at}>{blocks(node.c)}</blockquote>;
      case 'ul':
        return (
          <ul key={at}>
            {node.c.map((entry, index) => (
              <li key={index}>{blocks(entry)}</li>
            ))}
          </ul>
        );
      case 'ol':
        return (
          <ol key={at} start={node.start}>
            {node.c.map((entry, index) => (
              <li key={index} value={node.numbers?.[index]}>
                {blocks(entry)}
              </li>
            ))}
          </ol>
        );
      case 'pre':
        return (
          <pre key={at} dir="auto">
            {node.s}
          </pre>
        );
      default:
        return null;
    }
  });
}

export function BodyView({ body }: { body: BodyTree }) {
  return <div class="body-text">{blocks(body)}</div>;
}
