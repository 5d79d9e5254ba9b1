import { describe, expect, it } from 'vitest';
import { permittedFetch } from '../../../shared/adapters/permitted-fetch.js';
import { plus, type Instant } from '../../../shared/domain/time.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW } from '../../fixtures/registry.js';

const ADDRESS = 'https://blog.sukamaju.example/feed.xml';
const POINTED = 'https://blog.sukamaju.example/api/v1/statuses/7';

/** A wall that lets feeds and statuses of the permit's host pass, and what went through it. */
const aWall = (at: Instant = NOW) => {
  const asked: string[] = [];
  const fetch = permittedFetch(
    {
      now: () => at,
      guard: 'public',
      reach: (network) =>
        network === 'feed'
          ? [
              { with: 'scan', host: 'of-permit', path: '/feed.xml' },
              { with: 'context', host: 'of-permit', path: '/api/v1/statuses/*' },
            ]
          : [],
    },
    (network, url, headers) => {
      asked.push(`${network} ${url.href} ${JSON.stringify(headers)}`);
      return Promise.resolve({ kind: 'unreachable', reason: 'name' });
    },
  );
  return { fetch, asked };
};

describe('the wall before the network', () => {
  it('lets through what a permit opens, as it was asked for', async () => {
    const { fetch, asked } = aWall();
    expect(await fetch(aPermit(), { url: ADDRESS })).toEqual({ kind: 'unreachable', reason: 'name' });
    await fetch(aPermit(), { url: ADDRESS, headers: { accept: '*/*' } });
    expect(asked).toEqual([`feed ${ADDRESS} {}`, `feed ${ADDRESS} {"accept":"*/*"}`]);
  });

  it.each([
    ['stale-permit', ADDRESS, plus(NOW, { seconds: 61 })],
    ['address', 'http://blog.sukamaju.example/feed.xml', NOW],
    ['reach', 'https://blog.sukamaju.example/lain.xml', NOW],
    ['reach', 'https://lain.example/feed.xml', NOW],
  ] as const)('asks nobody else: %s', async (reason, url, at) => {
    const { fetch, asked } = aWall(at);
    expect(await fetch(aPermit(), { url })).toEqual({ kind: 'forbidden', reason });
    expect(asked).toEqual([]);
  });

  it('lets nothing in that waited here until its permit had ended', async () => {
    let at = NOW;
    const fetch = permittedFetch(
      {
        now: () => at,
        guard: 'public',
        reach: () => [{ with: 'scan', host: 'of-permit', path: '/feed.xml' }],
      },
      async (_network, url, _headers, takeIn) => {
        await takeIn(1);
        return {
          kind: 'answered',
          status: 200,
          headers: new Headers(),
          body: '',
          url: url.href,
          movedTo: null,
        };
      },
    );
    const waiting = (seconds: number) => () => {
      at = plus(NOW, { seconds });
      return Promise.resolve();
    };
    expect(await fetch(aPermit(), { url: ADDRESS }, waiting(60))).toMatchObject({ kind: 'answered' });
    at = NOW;
    expect(await fetch(aPermit(), { url: ADDRESS }, waiting(61))).toEqual({
      kind: 'forbidden',
      reason: 'stale-permit',
    });
  });

  it('opens what a post points to once, and a look as often as it needs', async () => {
    const { fetch, asked } = aWall();
    const ref = aPermit().pointsTo(POINTED);
    await fetch(ref, { url: POINTED });
    expect(await fetch(ref, { url: POINTED })).toEqual({ kind: 'forbidden', reason: 'stale-permit' });
    expect(asked).toHaveLength(1);
  });
});
