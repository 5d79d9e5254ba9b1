import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/domain/ids.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { anAccount, NOW } from '../../fixtures/registry.js';

const DECLARED = 'https://blog.sukamaju.example/feed.xml';

const rss = (source: string, channel = '<link>https://blog.sukamaju.example/</link>'): string =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Catatan Sari</title>${channel}` +
  `<item><guid>a</guid><title>Satu</title><pubDate>23 Nov 2026 04:00 GMT</pubDate>${source}</item></channel></rss>`;

const atom = (source: string): string =>
  '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:sari</id><title>Catatan Sari</title>' +
  '<link rel="alternate" href="https://blog.sukamaju.example/"/>' +
  `<entry><id>a</id><title>Satu</title><published>2026-11-23T04:00:00Z</published>${source}</entry></feed>`;

const rdf = (source: string): string =>
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ' +
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel rdf:about="urn:sari">' +
  '<title>Catatan Sari</title></channel><item rdf:about="a"><title>Satu</title><dc:date>2026-11-23T04:00:00Z</dc:date>' +
  `${source}</item></rdf:RDF>`;

/** How many posts each of two looks at the same document hands over. */
const handedOver = async (body: string): Promise<number[]> => {
  const counts: number[] = [];
  let cursor: string | null = null;
  for (let look = 0; look < 2; look += 1) {
    const reading = await feedConnector.read(
      aPermit({ account: anAccount({ identity: { id: DECLARED, host: 'blog.sukamaju.example' } }) }),
      { cursor, known: () => 'new' },
      {
        fetch: (_, { url }) =>
          Promise.resolve({
            kind: 'answered',
            status: 200,
            headers: new Headers(),
            body,
            url,
            movedTo: null,
          }),
        now: () => NOW,
        digest: sha256,
        limits: { pages: 3, posts: 50 },
      },
    );
    ({ cursor } = reading);
    counts.push(reading.posts.length);
  }
  return counts;
};

describe('an entry that says where it comes from', () => {
  it.each([
    ['Atom, another id', atom('<source><id>urn:lain</id><title>Catatan Sari</title></source>')],
    ['Atom, another address', atom('<source><link rel="self" href="https://lain.example/feed"/></source>')],
    ['Atom, another title and nothing else', atom('<source><title>Warta Kota</title></source>')],
    ['RSS, another address', rss('<source url="https://lain.example/feed">Catatan Sari</source>')],
    ['RSS, another title and nothing else', rss('<source>Warta Kota</source>')],
    ['RSS with the source of Atom', rss('<atom:source><atom:id>urn:lain</atom:id></atom:source>')],
    ['RSS 1.0 with the source of Atom', rdf('<atom:source><atom:id>urn:lain</atom:id></atom:source>')],
  ])('and that is another feed is never handed over: %s', async (_, body) => {
    expect(await handedOver(body)).toEqual([0, 0]);
  });

  it.each([
    ['no source', atom('')],
    ['its id', atom('<source><id>urn:sari</id></source>')],
    ['its page, written otherwise', atom('<source><link href="http://blog.sukamaju.example"/></source>')],
    ['its title', atom('<source><title>Catatan Sari</title></source>')],
    ['the declared address', rss(`<source url="${DECLARED}">Sari</source>`, '')],
    ["the channel's link", rss('<source url="https://Blog.Sukamaju.example">Sari</source>')],
    ['its about', rdf('<atom:source><atom:id>urn:sari</atom:id></atom:source>')],
  ])('and that is this very feed is handed over: %s', async (_, body) => {
    expect(await handedOver(body)).toEqual([1, 0]);
  });
});
