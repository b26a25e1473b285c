import type { CommentForm } from '../../contract/page.ts';
import type { ProblemDocument } from '../../contract/problem.ts';
import type { CommentView } from '../../contract/thread.ts';
import { moderationInForce } from '../../core/article/article.ts';
import type { Body } from '../../core/body/body.ts';
import { cutBody } from '../../core/body/cut-body.ts';
import type { FormPlace } from '../../core/comment/read-form-place.ts';
import { type Markup, markup } from '../../core/text/markup.ts';
import { bodyHtml } from '../views/body-html.ts';
import type { Links } from './links.ts';
import { pageHtml } from './page.ts';
import { words } from './words.ts';

export type Typed = Pick<CommentForm, 'body' | 'authorName' | 'authorEmail' | 'parentId'>;

/** A fault by the field that it stands beside. */
export type Faults = Readonly<Record<string, string>>;

export interface FormPage {
  links: Links;
  /** null: what is to be answered is not there any more, or cannot be. */
  place: FormPlace | null;
  typed: Typed;
  stamp: string;
  /** The comment as it will be. */
  preview: Body | null;
  refusal: { document: ProblemDocument; faults: Faults } | null;
}

interface Field {
  name: 'body' | 'authorName' | 'authorEmail';
  label: string;
  hint?: string;
  control: (attributes: Markup) => Markup;
}

const fieldHtml = ({ name, label, hint, control }: Field, faults: Faults): Markup => {
  const fault = faults[name];
  const notes = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ');
  const described = notes !== '' && markup` aria-describedby="${notes}"`;
  const attributes = markup`id="${name}" name="${name}"${described}${fault && markup` aria-invalid="true"`}`;
  return markup`<div class="field"><label for="${name}">${label}</label>${control(attributes)}${
    hint && markup`<p class="hint" id="${name}-hint">${hint}</p>`
  }${fault && markup`<p class="alarm" id="${name}-fault">${fault}</p>`}</div>`;
};

const fieldsHtml = ({ body, authorName, authorEmail = '' }: Typed, faults: Faults): Markup[] => {
  const fields: Field[] = [
    {
      name: 'authorName',
      label: words.name,
      control: (attributes) =>
        markup`<input ${attributes} value="${authorName}" required maxlength="400" autocomplete="nickname">`,
    },
    {
      name: 'authorEmail',
      label: words.email,
      hint: words.emailHint,
      control: (attributes) =>
        markup`<input type="email" ${attributes} value="${authorEmail}" maxlength="254" autocomplete="email">`,
    },
    {
      name: 'body',
      label: words.body,
      hint: words.bodyHint,
      // A line feed right behind the tag belongs to nobody.
      control: (attributes) => markup`<textarea ${attributes} rows="10" required>
${body}</textarea>`,
    },
  ];
  return fields.map((field) => fieldHtml(field, faults));
};

/** Programs fill in all fields; people see three of the four. */
const TRAP = markup`<div class="trap"><label for="website">${words.trap}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>`;

const hidden = (name: string, value: string): Markup => markup`<input type="hidden" name="${name}" value="${value}">`;

const formHtml = ({ typed, stamp, refusal }: FormPage): Markup =>
  markup`<form method="post">${fieldsHtml(typed, refusal?.faults ?? {})}${TRAP}${hidden('stamp', stamp)}${
    typed.parentId && hidden('parentId', typed.parentId)
  }<p class="hint">${words.noEditing}</p>
<p class="buttons"><button name="step" value="preview">${words.preview}</button><button name="step" value="post" class="primary">${words.post}</button></p></form>`;

const quoteHtml = ({ parent }: FormPlace): Markup | null =>
  parent &&
  markup`<section class="quoted" aria-label="${words.answering}"><p class="quiet">${words.answering} <bdi>${parent.authorName}</bdi></p>${bodyHtml(cutBody(parent.body).body)}</section>`;

const noteOf = ({ site, article }: FormPlace): string => words.moderationNote[moderationInForce(article, site)];

/** The page with the form: empty, with a preview, or again with what was typed and why it was refused. */
export function formPage(page: FormPage): Markup {
  const { links, place, typed, preview, refusal } = page;
  const title = place?.parent ? words.replyTo(place.parent.authorName) : words.write;
  const { reason, requestId, detail } = refusal?.document ?? {};
  return pageHtml({
    title,
    siteName: place?.site.name ?? null,
    canonical: null,
    content: markup`<main${reason && markup` data-reason="${reason}" data-request-id="${requestId}"`}><h1>${title}</h1>
${detail && markup`<p class="alarm" role="alert">${detail}</p>`}
${place?.article.headline && markup`<p>${place.article.headline}</p>`}
<nav><a href="${links.comments()}">${words.toComments}</a></nav>
${place && quoteHtml(place)}
${preview && markup`<section class="preview" aria-labelledby="preview"><h2 id="preview">${words.preview}</h2><p><b><bdi>${typed.authorName}</bdi></b></p>${bodyHtml(preview)}</section>`}
${place && noteOf(place) !== '' && markup`<p class="quiet">${noteOf(place)}</p>`}
${formHtml(page)}</main>`,
  });
}

/** The page after a comment went in: where it is now, and what it says. */
export function postedPage(
  links: Links,
  siteName: string,
  comment: CommentView & { status: keyof typeof words.posted; reason: string | null },
): Markup {
  const { status, reason, id, authorName, body } = comment;
  const title = words.posted[status];
  return pageHtml({
    title,
    siteName,
    canonical: null,
    content: markup`<main><h1>${title}</h1>${reason !== null && markup`<p>${reason}</p>`}
<nav>${status === 'published' && markup`<a href="${links.conversation(id)}">${words.toComment}</a>`}<a href="${links.comments()}">${words.toComments}</a></nav>
<section class="preview"><p><b><bdi>${authorName}</bdi></b></p>${bodyHtml(body ?? [])}</section></main>`,
  });
}
