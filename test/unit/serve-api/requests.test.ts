import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { employeeNumberOf, NOW } from '../../fixtures/registry.js';
import { ANSWER, aRequest } from '../../fixtures/requests.js';
import { aWorld, somebody } from './world.js';

const sari = somebody('sari');
const officer = somebody('officer', { roles: ['officer'] });
const other = somebody('other', { roles: ['officer'] });
const Asked = z.object({ id: z.string(), number: z.string(), dueAt: z.string() });
const body = { kind: 'erasure', words: 'Mohon hapus pendaftaran akun lama saya.' };

const world = async () => {
  const made = await aWorld();
  await made.onRecord(sari, officer, other);
  return made;
};

describe('a request to the officer', () => {
  it('is in the register at once, with a number and an end three times 24 hours later', async () => {
    const { call, record } = await world();
    const answer = await call('POST /me/requests', { as: sari, body });
    expect(answer.status).toBe(201);
    const asked = Asked.parse(await answer.json());
    expect(asked.dueAt).toBe('2026-11-26T05:00:00.000Z');
    const register = await (await call('GET /requests', { as: officer })).json();
    expect(register).toMatchObject({
      items: [{ ...body, number: asked.number, name: 'Sari Lestari', via: 'electronic', late: false }],
      next: null,
    });
    expect(record.entries).toEqual([{ kind: 'act', at: NOW, person: sari.id, act: 'request-registered' }]);
  });

  it('is seen by whoever asked, with its answer, and not who answered', async () => {
    const { call } = await world();
    const { id } = Asked.parse(await (await call('POST /me/requests', { as: sari, body })).json());
    const words = 'Pendaftaran sudah dicabut dan jejaknya dihapus.';
    const done = await call(`POST /requests/${id}/answer`, {
      as: officer,
      body: { outcome: 'granted', words },
    });
    expect(done.status).toBe(200);
    const mine = await (await call('GET /me/requests', { as: sari })).text();
    expect(JSON.parse(mine)).toMatchObject({ items: [{ id, answer: { outcome: 'granted', words } }] });
    expect(mine).not.toContain(officer.id);
    expect(await (await call('GET /me/requests', { as: other })).json()).toEqual({ items: [] });
    expect(await (await call('GET /requests', { as: officer })).json()).toMatchObject({ items: [] });
    expect(await (await call('GET /requests?state=all', { as: officer })).json()).toMatchObject({
      items: [{ id }],
    });
  });

  it('is answered once, on the version that was seen, and by another officer where it is their own', async () => {
    const { call } = await world();
    const own = Asked.parse(await (await call('POST /me/requests', { as: officer, body })).json());
    const answer = (as: typeof officer, headers = {}) =>
      call(`POST /requests/${own.id}/answer`, {
        as,
        headers,
        body: { outcome: 'refused', words: 'Masih diperlukan untuk perkara.' },
      });
    expect((await answer(officer)).status).toBe(403);
    expect((await answer(other, { 'if-match': '"7"' })).status).toBe(412);
    expect((await answer(other, { 'if-match': '"0"' })).status).toBe(200);
    expect((await answer(other)).status).toBe(409);
  });

  it('comes on paper too: its time runs from when it was received', async () => {
    const { call, onRecord, agency } = await world();
    const [employeeNumber, holder] = await employeeNumberOf(agency);
    await onRecord(holder);
    const paper = { ...body, receivedAt: '2026-11-23T08:00:00+07:00' };
    const known = await call('POST /requests', { as: officer, body: { ...paper, employeeNumber } });
    expect(await known.json()).toMatchObject({
      person: holder.id,
      via: 'paper',
      receivedAt: '2026-11-23T01:00:00.000Z',
      dueAt: '2026-11-26T01:00:00.000Z',
      registeredAt: NOW,
    });
    const stranger = await (await world()).call('POST /requests', { as: officer, body: paper });
    expect(await stranger.json()).toMatchObject({ person: null, name: null });
    for (const wrong of [
      { ...paper, receivedAt: '2027-01-01T00:00:00Z' },
      { ...paper, employeeNumber: '199003122015032999' },
      { ...paper, words: 'pendek' },
    ]) {
      const refused = await call('POST /requests', { as: officer, body: wrong });
      expect(refused.status).toBe(400);
      expect(await refused.text()).not.toContain('199003122015032999');
    }
  });

  it('that ended is there for nobody', async () => {
    const { call, requests } = await world();
    const ended = aRequest({
      person: sari.id,
      answer: { ...ANSWER, at: aRequest({}, { days: 366 }).receivedAt },
    });
    await requests.save(ended);
    expect((await call(`GET /requests/${ended.id}`, { as: officer })).status).toBe(404);
    expect(await (await call('GET /me/requests', { as: sari })).json()).toEqual({ items: [] });
    expect(await (await call('GET /requests?state=all', { as: officer })).json()).toMatchObject({
      items: [],
    });
  });
});
