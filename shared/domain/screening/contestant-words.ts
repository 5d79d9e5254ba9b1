import type { ContestPack } from './rules.js';

/** All that stands for those who stand in a contest. */
export const contestantWords = ({ contestants }: Pick<ContestPack, 'contestants'>): string[] =>
  contestants.flatMap(({ people, tickets, parties, slogans, hashtags, accounts }) => [
    ...people.flatMap(({ name, aliases }) => [name, ...aliases]),
    ...tickets,
    ...parties,
    ...slogans,
    ...hashtags,
    ...accounts,
  ]);
