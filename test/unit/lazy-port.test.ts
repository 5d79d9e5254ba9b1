import { describe, expect, it } from 'vitest';
import { lazyPort } from '../../shared/adapters/lazy-port.js';

interface Greeter {
  readonly greet: (name: string, times: number) => Promise<string>;
  readonly leave: () => Promise<void>;
}

const aGreeter = (said: string[]): Greeter => ({
  greet: (name, times) => {
    said.push(name);
    return Promise.resolve(`${name} `.repeat(times).trim());
  },
  leave: () => Promise.resolve(),
});

describe('a lazy port', () => {
  it('makes its adapter with the first question, and once', async () => {
    const said: string[] = [];
    let made = 0;
    const greeter = lazyPort<Greeter>(() => {
      made += 1;
      return Promise.resolve(aGreeter(said));
    });
    const { greet, leave } = greeter;
    expect(made).toBe(0);
    expect(await Promise.all([greet('Sari', 2), greet('Budi', 1), leave()])).toEqual([
      'Sari Sari',
      'Budi',
      undefined,
    ]);
    expect(said).toEqual(['Sari', 'Budi']);
    expect(made).toBe(1);
  });

  it('asks for its adapter again after it could not be had', async () => {
    let tries = 0;
    const greeter = lazyPort<Greeter>(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no such file')) : Promise.resolve(aGreeter([]));
    });
    await expect(greeter.greet('Sari', 1)).rejects.toThrow('no such file');
    expect(await greeter.greet('Sari', 1)).toBe('Sari');
  });

  it('can be handed on by a promise, which asks it nothing', async () => {
    const greeter = lazyPort<Greeter>(() => Promise.reject(new Error('nobody asked')));
    expect(await Promise.resolve(greeter)).toBe(greeter);
  });
});
