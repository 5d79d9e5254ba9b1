/** It can never succeed: not JSON, an unknown shape. The message is parked with this reason, not tried again. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** A page was asked for with a cursor that no page gave. */
export class BadCursorError extends Error {
  override readonly name = 'BadCursorError';
}

/** A pack that does not hold; `faults` says everything that is wrong with it, one sentence each. */
export class BadPackError extends Error {
  override readonly name = 'BadPackError';

  constructor(readonly faults: readonly string[]) {
    super(`The packs do not hold:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
