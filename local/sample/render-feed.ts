import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import type { SamplePost } from './posts.js';
import type { SampleFeed } from './world.js';

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text as an editor saves it. */
export const html = (text: string): string =>
  `<p>${text.replaceAll(/[&<>]/g, (sign) => ESCAPED[sign] ?? sign).replaceAll('\n', '<br>')}</p>`;

/** What a feed answers with these posts: its media type and its text. */
export const renderFeed = (
  { title, format, host, path }: Pick<SampleFeed, 'title' | 'format' | 'host' | 'path'>,
  posts: readonly SamplePost[],
): { readonly type: string; readonly body: string } => {
  const home = `https://${host}${path.slice(0, path.lastIndexOf('/'))}`;
  const address = (guid: string): string => `${home}/${guid}`;
  switch (format) {
    case 'rss':
      return {
        type: 'application/rss+xml; charset=utf-8',
        body: generateRssFeed({
          title,
          link: home,
          description: title,
          items: posts.map((post) => ({
            ...(post.title === null ? {} : { title: post.title }),
            description: html(post.text),
            guid: { value: post.guid, isPermaLink: false },
            link: address(post.guid),
            pubDate: new Date(post.postedAt),
          })),
        }),
      };
    case 'atom':
      return {
        type: 'application/atom+xml; charset=utf-8',
        body: generateAtomFeed({
          id: home,
          title: { value: title },
          updated: new Date(posts[0]?.postedAt ?? 0),
          entries: posts.map((post) => ({
            id: post.guid,
            title: { value: post.title ?? '' },
            updated: new Date(post.postedAt),
            published: new Date(post.postedAt),
            content: { value: html(post.text), type: 'html' },
            links: [{ href: address(post.guid) }],
          })),
        }),
      };
    case 'json':
      return {
        type: 'application/feed+json; charset=utf-8',
        body: JSON.stringify(
          generateJsonFeed({
            title,
            home_page_url: home,
            items: posts.map((post) => ({
              id: post.guid,
              ...(post.title === null ? {} : { title: post.title }),
              content_text: post.text,
              url: address(post.guid),
              date_published: new Date(post.postedAt),
            })),
          }),
        ),
      };
  }
};
