import { expect, it } from 'vitest';
import { aFinding } from '../../fixtures/finding.js';
import { anAccount } from '../../fixtures/registry.js';
import { aWorld, somebody } from './world.js';

it('smokes', async () => {
  const world = await aWorld();
  const holder = somebody('person');
  const analyst = somebody('analyst', { roles: ['analyst'] });
  const admin = somebody('admin', { roles: ['administrator'] });
  await world.onRecord(holder, analyst, admin);
  await world.accounts.save(anAccount());
  await world.findings.create(aFinding());
  const show = async (what: string, options: Parameters<typeof world.call>[1]) => {
    const r = await world.call(what, options);
    console.log(what, r.status, (await r.text()).slice(0, 1500));
    return r;
  };
  const doc = await show('GET /openapi.json', {});
  expect(doc.status).toBe(200);
  await show('GET /', {});
  await show('GET /me', { as: holder });
  await show('GET /findings', { as: analyst });
  await show(`GET /findings/${aFinding().id}`, { as: analyst });
  await show(`POST /findings/${aFinding().id}/decisions`, { as: analyst, body: { kind: 'clarify', reason: 'call-to-vote', words: 'Mohon penjelasan Anda.' } });
  await show(`POST /me/findings/${aFinding().id}/answers`, { as: holder, body: { answer: 'accident', words: '' } });
  await show('GET /accounts', { as: admin });
  await show('GET /coverage?limit=3', { as: admin });
  await show('GET /coverage?limit=300&x=1', { as: admin });
  await show('POST /scans', { as: admin });
  await show('DELETE /scans', { as: admin });
  await show('GET /nix', { as: admin });
  await show('GET /packs/code', { as: admin });
  console.log(world.reports);
});
