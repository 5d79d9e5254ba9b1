import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Lets works that share a client take turns, one command at a time: who is next is said by a list of their names, and by the order
 * in which they stand where that has ended or names one that has.
 */
export const takingTurns = (client: DynamoDBClient) => {
  const worker = new AsyncLocalStorage<{ readonly turn: () => Promise<void> }>();
  client.middlewareStack.add(
    (next) => async (request) => {
      await worker.getStore()?.turn();
      return next(request);
    },
    { step: 'initialize', priority: 'low', name: 'turns' },
  );
  return async <Name extends string>(
    works: Readonly<Record<Name, () => Promise<unknown>>>,
    order: readonly Name[],
  ): Promise<void> => {
    const waiting = new Map<string, () => void>();
    const rest: string[] = [...order];
    let running = Object.keys(works).length;
    /** Only when all that still run wait: so one goes on at a time, and a list always brings about the same. */
    const goOn = (): void => {
      if (running === 0 || waiting.size < running) return;
      let name = rest.shift();
      while (name !== undefined && !waiting.has(name)) name = rest.shift();
      const [first] = [...waiting.keys()].sort();
      const chosen = name ?? first ?? '';
      const resume = waiting.get(chosen);
      waiting.delete(chosen);
      resume?.();
    };
    await Promise.all(
      Object.entries<() => Promise<unknown>>(works).map(([name, work]) => {
        const turn = () =>
          new Promise<void>((resolve) => {
            waiting.set(name, resolve);
            goOn();
          });
        return worker.run({ turn }, async () => {
          try {
            await work();
          } finally {
            running -= 1;
            goOn();
          }
        });
      }),
    );
  };
};

/** Every order in which one does some steps, the other some, and then each the rest. */
export const ordersOf = <Name extends string>(
  [one, other]: readonly [Name, Name],
  steps: number,
): readonly (readonly Name[])[] =>
  Array.from({ length: steps }, (_, ones) =>
    Array.from({ length: steps }, (_, others) => [
      ...Array.from({ length: ones }, () => one),
      ...Array.from({ length: others }, () => other),
      ...Array.from({ length: steps }, () => one),
    ]),
  ).flat();
