import { dueAt, HolderRequest } from '../domain/requests/holder-request.js';
import type { RequestStore } from '../ports.js';
import { by } from './by.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';
import { requestCursor } from './request-cursor.js';

const openOrder = (request: HolderRequest) => `${dueAt(request)}#${request.id}`;

/** Requests to the officer for one process. */
export const memoryRequestStore = (): RequestStore => {
  const requests = memoryRows(HolderRequest);
  const newestFirst = () =>
    requests
      .all()
      .sort(by(({ id }) => id))
      .reverse();
  return {
    save: (request) => promised(() => saveRow(requests, request.id, request)),
    byId: (id) => promised(() => requests.get(id)),
    ofPerson: (person) => promised(() => newestFirst().filter((request) => request.person === person)),
    remove: (id) =>
      promised(() => {
        requests.delete(id);
      }),
    open: (limit, after) =>
      promised(() =>
        requests
          .all()
          .filter(({ answer }) => answer === null)
          .filter((request) => after === undefined || openOrder(request) > openOrder(after))
          .sort(by(openOrder))
          .slice(0, limit),
      ),
    answeredBy: (at, limit) =>
      promised(() =>
        requests
          .all()
          .filter(({ answer }) => answer !== null && answer.at <= at)
          .sort(by(({ id, answer }) => `${answer?.at ?? ''}#${id}`))
          .slice(0, limit),
      ),
    list: ({ limit, cursor }) =>
      promised(() => {
        const before = cursor === null ? null : requestCursor.read(cursor).id;
        const rest = newestFirst().filter(({ id }) => before === null || id < before);
        const items = rest.slice(0, limit);
        const last = items.at(-1);
        const more = rest.length > limit && last !== undefined;
        return { items, next: more ? requestCursor.write({ id: last.id }) : null };
      }),
  };
};
