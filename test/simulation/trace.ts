import { mixed } from './chance.js';

/** What happened, as one number and as its last lines. */
export interface Trace {
  readonly note: (line: string) => void;
  /** Two runs with the same hash had the same events in the same order. */
  readonly hash: () => string;
  readonly tail: () => readonly string[];
}

const KEPT = 200;

export const startTrace = (time: () => number): Trace => {
  let [one, other, count] = [0x811c9dc5, 0x9747b28c, 0];
  const lines: string[] = [];
  return {
    note: (line) => {
      const text = `${time()} ${line}`;
      one = mixed(one, text);
      other = mixed(other ^ one, text);
      lines[count % KEPT] = text;
      count += 1;
    },
    hash: () => `${count}-${one.toString(16)}${other.toString(16)}`,
    tail: () => {
      const first = count % KEPT;
      return count <= KEPT ? lines.slice(0, count) : [...lines.slice(first), ...lines.slice(0, first)];
    },
  };
};
