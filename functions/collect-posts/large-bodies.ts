/**
 * Of groups that take in large bodies one does at a time, until it has handed over what it found: text holds the whole body
 * from which it was cut. Each call is for another group.
 */
export const largeBodies = () => {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const { promise: left, resolve } = Promise.withResolvers<null>();
    let turn: Promise<unknown> | null = null;
    return {
      /** Waits until it is this group's turn. */
      room: async (): Promise<void> => {
        if (turn === null) {
          turn = last;
          last = Promise.all([last, left]);
        }
        await turn;
      },
      /** Whether it may have some. */
      areHeld: (): boolean => turn !== null,
      leave: (): void => {
        resolve(null);
      },
    };
  };
};
