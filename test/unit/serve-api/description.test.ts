import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { aWorld } from './world.js';

describe('the description', () => {
  it('is a page that loads nothing and runs nothing', async () => {
    const { app } = await aWorld();
    const answer = await app.request('/');
    const page = await answer.text();
    expect(parse(page).mode).toBe('no-quirks');
    expect(page).toContain('POST /findings/{id}/decisions');
    expect(page).not.toMatch(/<script|<link|<img|src=|https?:/);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it('is there before the agency is', async () => {
    const { app } = await aWorld(null);
    expect((await app.request('/openapi.json')).status).toBe(200);
    expect((await app.request('/packs/code')).status).toBe(200);
  });

  it('declares no object that takes or gives fields which it does not name', async () => {
    const { app } = await aWorld();
    const open: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      // The keys of `counts` and `events` are fixed lists, which zod holds to but the description cannot say.
      const isClosed = 'additionalProperties' in value || /\/(counts|events)$/.test(path);
      if ('properties' in value && !isClosed) open.push(path);
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}/${key}`);
    };
    walk(await (await app.request('/openapi.json')).json(), '');
    expect(open).toEqual([]);
  });

  it('asks browsers and proxies to keep nothing', async () => {
    const { app } = await aWorld();
    for (const path of ['/', '/openapi.json', '/me', '/nowhere'])
      expect((await app.request(path)).headers.get('cache-control'), path).toBe('no-store');
  });
});
