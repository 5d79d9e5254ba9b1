import { ErasureOrder } from '../domain/registry/erasure.js';
import type { ErasureStore } from '../ports.js';
import { by } from './by.js';
import { memoryRows, promised } from './memory-rows.js';

/** Orders for one process. */
export const memoryErasureStore = (): ErasureStore => {
  const orders = memoryRows(ErasureOrder);
  return {
    order: (order) =>
      promised(() => {
        const standing = orders.get(order.subject);
        if (standing !== null) return standing;
        orders.set(order.subject, order);
        return order;
      }),
    open: (limit) =>
      promised(() =>
        orders
          .all()
          .sort(by(({ at, subject }) => `${at}#${subject}`))
          .slice(0, limit),
      ),
    close: (subject) =>
      promised(() => {
        orders.delete(subject);
      }),
  };
};
