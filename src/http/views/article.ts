import type { ArticleView } from '../../contract/article.ts';
import type { FormRules } from '../../contract/thread.ts';
import { type Article, moderationInForce } from '../../core/article/article.ts';
import { MAX_NAME_GRAPHEMES } from '../../core/comment/author-name.ts';
import { MAX_DEPTH } from '../../core/comment/comment.ts';
import type { Site } from '../../core/site/site.ts';

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

export function articleView(article: Article, site: Site): ArticleView {
  return {
    key: article.publicKey,
    url: article.url,
    headline: article.headline,
    section: article.section,
    topics: article.topics,
    authors: article.authors,
    keyPoints: article.keyPoints,
    image: article.image,
    publishedAt: isoTime(article.publishedAt),
    commenting: article.commenting,
    moderation: article.moderation,
    moderationInForce: moderationInForce(article, site),
    commentCount: article.commentCount,
  };
}

export function formRules(article: Pick<Article, 'commenting' | 'moderation'>, site: Site): FormRules {
  return {
    commenting: article.commenting,
    moderation: moderationInForce(article, site),
    maxGraphemes: site.settings.maxGraphemes,
    maxNameGraphemes: MAX_NAME_GRAPHEMES,
    maxDepth: MAX_DEPTH,
    editWindowMinutes: site.settings.editWindowMinutes,
  };
}
