import * as z from 'zod/mini';

type InlineNode =
  | string
  | { t: 'em' | 'strong' | 'del'; c: InlineNode[] }
  | { t: 'code'; s: string }
  | { t: 'a'; href: string; c: InlineNode[] }
  | { t: 'br' };
type BlockNode =
  | { t: 'p'; c: InlineNode[] }
  | { t: 'quote'; c: BlockNode[] }
  | { t: 'ul'; c: BlockNode[][] }
  | { t: 'ol'; start?: number | undefined; numbers?: number[] | undefined; c: BlockNode[][] }
  | { t: 'pre'; s: string };

export const Inline: z.ZodMiniType<InlineNode> = z
  .lazy(() =>
    z.union([
      z.string(),
      z.object({ t: z.enum(['em', 'strong', 'del']), c: z.array(Inline) }),
      z.object({ t: z.literal('code'), s: z.string() }),
      z.object({ t: z.literal('a'), href: z.string(), c: z.array(Inline) }),
      z.object({ t: z.literal('br') }),
    ]),
  )
  .register(z.globalRegistry, { id: 'Inline' });
export type Inline = InlineNode;

export const Block: z.ZodMiniType<BlockNode> = z
  .lazy(() =>
    z.union([
      z.object({ t: z.literal('p'), c: z.array(Inline) }),
      z.object({ t: z.literal('quote'), c: z.array(Block) }),
      z.object({ t: z.literal('ul'), c: z.array(z.array(Block)) }),
      z.object({
        t: z.literal('ol'),
        start: z.optional(z.int()),
        numbers: z.optional(z.array(z.int())),
        c: z.array(z.array(Block)),
      }),
      z.object({ t: z.literal('pre'), s: z.string() }),
    ]),
  )
  .register(z.globalRegistry, { id: 'Block' });
export type Block = BlockNode;

/** A comment's text as a tree of nodes: no HTML anywhere. Build DOM nodes from it. */
export const BodyTree = z
  .array(Block)
  .register(z.globalRegistry, { id: 'BodyTree', description: 'A comment’s text as a tree; never HTML.' });
export type BodyTree = BlockNode[];

/** The form in which a comment's text comes beside its tree. */
export const BodyFormat = z
  ._default(z.enum(['tree', 'text', 'html']), 'tree')
  .check(z.meta({ description: '`text`, `html`: each comment has a field of this name beside `body`.' }));
export type BodyFormat = z.infer<typeof BodyFormat>;
