/** A comment as a test names it: by its id, and with its article where that is not the ferry's. */
export type CommentRef = string | { id: string; article?: string };

/** A comment's full name, as calls about many comments give it for each. */
export function named(comment: CommentRef): { article: string; id: string } {
  const { id, article = 'ferry' } = typeof comment === 'string' ? { id: comment } : comment;
  return { article, id };
}

/** All addresses of a site. The tests have them from here alone. */
export function addressesOf(site: string) {
  const base = `/v1/sites/${site}`;
  const article = (key = 'ferry') => `${base}/articles/${key}`;
  const comment = (ref: CommentRef) => `${article(named(ref).article)}/comments/${named(ref).id}`;
  return {
    base,
    articles: `${base}/articles`,
    article,
    articleKey: (key?: string) => `${article(key)}/key`,
    thread: (key?: string) => `${article(key)}/thread`,
    threadHtml: (key?: string) => `${article(key)}/thread.html`,
    commentsPage: (key?: string) => `${article(key)}/comments.html`,
    conversationPage: (ref: CommentRef) => `${comment(ref)}/page.html`,
    write: (key?: string) => `${article(key)}/write.html`,
    comments: (key?: string) => `${article(key)}/comments`,
    mine: (key?: string) => `${article(key)}/mine`,
    counts: `${base}/counts`,
    mostCommented: `${base}/most-commented`,
    newestComments: `${base}/comments`,
    comment,
    replies: (ref: CommentRef) => `${comment(ref)}/replies`,
    vote: (ref: CommentRef) => `${comment(ref)}/vote`,
    flags: (ref: CommentRef) => `${comment(ref)}/flags`,
    decision: (ref: CommentRef) => `${comment(ref)}/decision`,
    dossier: (ref: CommentRef) => `${comment(ref)}/dossier`,
    voteRuling: (ref: CommentRef) => `${comment(ref)}/vote-ruling`,
    preview: `${base}/preview`,
    queue: `${base}/queue`,
    decisions: `${base}/decisions`,
    undo: `${base}/decisions/undo`,
    ban: (readerId: string) => `${base}/readers/${readerId}/ban`,
    settings: `${base}/settings`,
    wordsTest: `${base}/words/test`,
    keys: `${base}/keys`,
    key: (id: string) => `${base}/keys/${id}`,
    team: `${base}/moderators`,
    member: (id: string) => `${base}/moderators/${id}`,
    forgottenAddresses: `${base}/forgotten-addresses`,
    log: `${base}/log`,
    verification: `${base}/log/verification`,
    me: `${base}/me`,
    signInLinks: `${base}/sign-in-links`,
    operatorSignInLinks: `${base}/operator/sign-in-links`,
    sessions: `${base}/sessions`,
    ownSession: `${base}/sessions/current`,
    sites: '/v1/sites',
    healthChecks: '/v1/health/checks',
  };
}
export type Addresses = ReturnType<typeof addressesOf>;
