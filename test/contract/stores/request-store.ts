import { describe, expect, it } from 'vitest';
import { PersonId } from '../../../shared/domain/ids.js';
import type { RequestStore } from '../../../shared/ports.js';
import { plus } from '../../../shared/domain/time.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import { ANSWER, aRequest } from '../../fixtures/requests.js';

const person = PersonId.parse(opaqueId('person'));
const [first, second, third] = [
  aRequest({}, { hours: 30 }),
  aRequest({}, { hours: 20 }),
  aRequest({ person: null }, { hours: 10 }),
];

export const requestStoreContract = (open: () => Promise<RequestStore>): void => {
  describe('a request store', () => {
    it('finds a request by its id, and those of a person, newest first', async () => {
      const store = await open();
      for (const request of [first, third, second]) expect(await store.save(request)).toBe('saved');
      expect(await store.byId(second.id)).toEqual(second);
      expect(await store.byId(aRequest({}, { hours: 1 }).id)).toBeNull();
      expect(await store.ofPerson(person)).toEqual([second, first]);
    });

    it('keeps the first of two answers', async () => {
      const store = await open();
      await store.save(first);
      const answered = { ...first, answer: ANSWER, revision: 1 };
      expect(await store.save(answered)).toBe('saved');
      expect(await store.save({ ...answered, answer: { ...ANSWER, outcome: 'refused' } })).toBe('stale');
      expect(await store.byId(first.id)).toEqual(answered);
    });

    it('lists what waits for an answer, the earliest due first, from page to page', async () => {
      const store = await open();
      for (const request of [third, first, second]) await store.save(request);
      expect(await store.open(2)).toEqual([first, second]);
      expect(await store.open(2, second)).toEqual([third]);
      await store.save({ ...first, answer: ANSWER, revision: 1 });
      expect(await store.open(9)).toEqual([second, third]);
    });

    it('lists all, newest first, from page to page', async () => {
      const store = await open();
      for (const request of [third, first, second]) await store.save(request);
      await store.save({ ...third, answer: ANSWER, revision: 1 });
      const page = await store.list({ limit: 2, cursor: null });
      expect(page.items.map(({ id }) => id)).toEqual([third.id, second.id]);
      expect(await store.list({ limit: 2, cursor: page.next })).toEqual({ items: [first], next: null });
      await expect(store.list({ limit: 2, cursor: 'nonsense' })).rejects.toThrow('cursor');
    });

    it('finds what was answered by a moment, the longest ago first', async () => {
      const store = await open();
      for (const request of [first, second, third]) await store.save(request);
      const answers = [first, second].map((request, index) => ({
        ...request,
        answer: { ...ANSWER, at: plus(NOW, { hours: 2 - index }) },
        revision: 1,
      }));
      for (const answered of answers) await store.save(answered);
      expect(await store.answeredBy(plus(NOW, { minutes: 59 }), 9)).toEqual([]);
      expect(await store.answeredBy(plus(NOW, { hours: 1 }), 9)).toEqual([answers[1]]);
      expect(await store.answeredBy(plus(NOW, { hours: 3 }), 9)).toEqual(answers.toReversed());
      expect(await store.answeredBy(plus(NOW, { hours: 3 }), 1)).toEqual([answers[1]]);
    });

    it('deletes one, everywhere', async () => {
      const store = await open();
      for (const request of [first, second]) await store.save(request);
      for (let time = 0; time < 2; time += 1) await store.remove(first.id);
      expect(await store.byId(first.id)).toBeNull();
      expect(await store.open(9)).toEqual([second]);
      expect((await store.list({ limit: 9, cursor: null })).items).toEqual([second]);
    });
  });
};
