import { expect, it } from 'vitest';
import { aWorld, somebody } from './world.js';

const administrator = somebody('admin', { roles: ['administrator'] });

it('an administrator approves hosts and takes approvals back; each change is on record', async () => {
  const { call, record, onRecord } = await aWorld({ networks: { mastodonHosts: [], respectOptOuts: false } });
  await onRecord(administrator);
  const change = (body: unknown) => call('PATCH /networks', { as: administrator, body });
  expect((await change({ approve: ['Sosial.Sukamaju.example', 'lain.example'] })).status).toBe(200);
  expect((await change({ disapprove: ['lain.example'], respectOptOuts: true })).status).toBe(200);
  const shown = await call('GET /networks', { as: administrator });
  expect(await shown.json()).toMatchObject({
    mastodonHosts: ['sosial.sukamaju.example'],
    respectOptOuts: true,
  });
  expect(record.entries).toMatchObject([{ act: 'networks-changed' }, { act: 'networks-changed' }]);
});

it.each(['localhost', '10.0.0.1', 'https://sosial.example', 'a b.example', 'sosial.example/x'])(
  'no host that nobody may ask is approved: %s',
  async (host) => {
    const { call, onRecord } = await aWorld();
    await onRecord(administrator);
    const answer = await call('PATCH /networks', { as: administrator, body: { approve: [host] } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('is not the public name of a host');
  },
);
