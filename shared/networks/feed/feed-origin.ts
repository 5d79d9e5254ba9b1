import type { FeedEntry } from './parse-feed.js';

/** Neither the scheme nor a slash at the end makes another feed of it. */
const comparable = (name: string, page: string): string => {
  const url = URL.parse(name.trim(), page);
  return url === null ? name : `${url.host}${url.pathname.replace(/\/$/, '')}${url.search}`.toLowerCase();
};

/** Whether an entry says that it comes from a feed that goes by none of these names: somebody else wrote it. */
export const isTakenOver = (
  { takenFrom }: Pick<FeedEntry, 'takenFrom'>,
  own: readonly string[],
  page: string,
): boolean => {
  const names = new Set(own.map((name) => comparable(name, page)));
  return takenFrom.length > 0 && !takenFrom.some((name) => names.has(comparable(name, page)));
};
