import { lowestIdAt } from '../../../src/core/platform/sortable-id.ts';
import type { SameText } from '../../../src/core/screening/screening.ts';
import { byText, type StoredComment, type Tables } from './tables.ts';

const SAME_TEXT_LIMIT = 4;
const OWN_LIMIT = 10;

interface Text {
  siteId: string;
  articleKey: string;
  parentId: string | null;
  readerId: string;
  textHash: string;
  sameTextSince: number;
}

/** Comments with the same text, but for the one that is being edited. */
export function sameTextAs(
  tables: Tables,
  { siteId, articleKey, parentId, readerId, textHash, sameTextSince }: Text,
  editedId = '',
): SameText[] {
  const recent = tables.comments
    .filter(({ siteId: of, id }) => of === siteId && id >= lowestIdAt(sameTextSince) && id !== editedId)
    .sort((a, b) => byText(b.id, a.id));
  const isAlike = (comment: StoredComment) => comment.textHash === textHash;
  const here = recent.filter((one) => one.readerId === readerId && one.articleKey === articleKey);
  const own = here.filter(({ authorName }) => authorName !== '').slice(0, OWN_LIMIT);
  const ownAlike = own.filter(isAlike);
  const inPlace = ownAlike.find((comment) => comment.parentId === parentId) ?? ownAlike[0];
  const anywhere = recent.filter(isAlike).slice(0, SAME_TEXT_LIMIT);
  const alike = [...new Set([...(inPlace === undefined ? [] : [inPlace]), ...anywhere])];
  return alike.map((comment) => ({
    sameReader: comment.readerId === readerId,
    sameArticle: comment.articleKey === articleKey,
    sameParent: comment.articleKey === articleKey && comment.parentId === parentId,
    createdAt: comment.createdAt,
  }));
}
