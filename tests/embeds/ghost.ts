import { createRequire } from 'node:module';

interface Handlebars {
  create(): {
    compile(template: string, options: object): (context: object) => string;
    registerHelper(name: string, helper: (this: { html: string }) => object): void;
  };
  SafeString: new (html: string) => object;
}

/** As themes have their `post.hbs`: `{{#post}}` stands around the whole article, and the post is the context in it. */
const around = (snippet: string): string => `<!doctype html><html lang="en"><title>An article</title>
{{#post}}
<main><h1>{{title}}</h1><section>{{content}}</section>
${snippet}
</main>
{{/post}}
</html>`;

/** The page of a post as Ghost has it from a theme with this snippet. */
export function renderedByGhost(snippet: string, post: { title: string; html: string; comment_id: string }): string {
  // Required when it is installed, and not before.
  const { create, SafeString } = createRequire(import.meta.url)('handlebars') as Handlebars;
  const handlebars = create();
  handlebars.registerHelper('content', function () {
    return new SafeString(this.html);
  });
  // The one option that Ghost sets.
  return handlebars.compile(around(snippet), { preventIndent: true })({ post });
}
