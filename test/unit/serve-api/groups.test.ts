import { describe, expect, it } from 'vitest';
import { ACCESS } from '../../../functions/serve-api/access.js';
import { buildApp } from '../../../functions/serve-api/app.js';
import { GROUPS, type RouteGroup } from '../../../functions/serve-api/groups.js';
import { aWorld, callerOf, somebody } from './world.js';

/** The groups, with a note of each that is read. */
const watched = () => {
  const read: string[] = [];
  const groups = GROUPS.map((group): RouteGroup => ({
    serves: group.serves,
    read: () => {
      read.push(group.serves[0] ?? '');
      return group.read();
    },
  }));
  return { groups, read };
};

describe('the groups of routes', () => {
  it('serve between them every operation of the table of access, each once', () => {
    const served = GROUPS.flatMap(({ serves }) => serves);
    expect(served.toSorted()).toEqual(Object.keys(ACCESS).toSorted());
  });

  it.each(GROUPS.map((group) => ({ group, name: group.serves[0] })))(
    'hold what the table says of them, from $name on',
    async ({ group: { serves, read } }) => {
      const { deps } = await aWorld();
      const { routes } = (await read())({ ...deps, groups: () => Promise.resolve([]) });
      const operations = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
      expect([...new Set(operations)].toSorted()).toEqual([...serves].toSorted());
    },
  );

  it('are not read for whoever is not let through, nor for what is not there', async () => {
    const { deps, onRecord } = await aWorld();
    const { groups, read } = watched();
    const call = callerOf(buildApp(deps, groups));
    const holder = somebody('holder');
    await onRecord(holder);
    const refused = await Promise.all([
      call('GET /findings'),
      call('GET /findings', { as: holder }),
      call('PUT /findings', { as: holder }),
      call('OPTIONS /me'),
      call('GET /nowhere', { as: holder }),
      call('POST /uploads', { as: holder, body: 'x'.repeat(1_100_000) }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([401, 403, 405, 405, 404, 413]);
    expect(read).toEqual([]);
  });

  it('are read with the first call, each alone and once, and all for the description', async () => {
    const { deps, onRecord } = await aWorld();
    const { groups, read } = watched();
    const call = callerOf(buildApp(deps, groups));
    const holder = somebody('holder');
    await onRecord(holder);
    const mine = ['GET /me', 'HEAD /me', 'GET /me/requests'];
    const answers = await Promise.all(mine.map((operation) => call(operation, { as: holder })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(read).toEqual(['GET /me']);
    await call('GET /openapi.json');
    await call('GET /');
    expect(read.toSorted()).toEqual(GROUPS.map(({ serves }) => serves[0]).toSorted());
  });

  it('that cannot be read are a fault that is reported, and read again by the next call', async () => {
    const { deps, reports } = await aWorld();
    const { groups, read } = watched();
    const broken = groups.map((group): RouteGroup => ({
      serves: group.serves,
      read: async () => {
        const routes = await group.read();
        if (read.length === 1) throw new SyntaxError('Unexpected end of input');
        return routes;
      },
    }));
    const call = callerOf(buildApp(deps, broken));
    const failed = await call('GET /packs/code');
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({ type: 'urn:netral:problem:internal' });
    expect(reports).toEqual([
      {
        event: 'request-failed',
        facts: { requests: 1, operation: 'GET /packs/code', error: 'SyntaxError' },
      },
    ]);
    expect((await call('GET /packs/code')).status).toBe(200);
    expect(read).toHaveLength(2);
  });

  it('that hold less than the table says are a fault, and no “not found”', async () => {
    const { deps, reports } = await aWorld();
    const { read } = GROUPS.find(({ serves }) => serves.includes('GET /packs/code')) ?? { read: null };
    expect(read).not.toBeNull();
    if (read === null) return;
    const call = callerOf(buildApp(deps, [{ serves: ['GET /open/mine'], read }]));
    expect((await call('GET /open/mine')).status).toBe(500);
    expect(reports).toHaveLength(1);
  });
});
