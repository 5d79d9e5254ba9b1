import { once } from '../once.js';

/** All that a port has are questions, which are answered later. */
type Port<Shape> = { readonly [Name in keyof Shape]: (...asked: never[]) => Promise<unknown> };

/**
 * A port whose adapter is read and made when it is first asked something, and then kept. Most calls ask few of the ports that
 * a function has, and an adapter comes with the schemas of all that it stores.
 */
export function lazyPort<Shape extends Port<Shape>>(make: () => Promise<Shape>): Shape;
export function lazyPort(make: () => Promise<object>): object {
  const made = once(make);
  const ask =
    (name: PropertyKey) =>
    async (...asked: readonly unknown[]): Promise<unknown> => {
      const adapter = await made();
      const answer: unknown = Reflect.get(adapter, name);
      if (typeof answer !== 'function') throw new TypeError(`The port has no ${String(name)}`);
      return Reflect.apply(answer, adapter, asked);
    };
  // Whoever has a `then` is taken for a promise.
  return new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : ask(name)) });
}
