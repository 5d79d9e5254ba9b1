import { longest, type Match } from './match.js';
import type { Meaning, Role } from './meaning.js';
import type { Token } from './tokens.js';

/** Words that stand for one side: tokens `from` to `to` (exclusive). It goes no further than the mask. */
export interface Named {
  readonly from: number;
  readonly to: number;
  readonly side: number;
  readonly rule: 'contestant' | 'ballot-number';
}

export type Of<Kind extends Meaning['kind']> = Match<Extract<Meaning, { kind: Kind }>>;

/** The matches of one kind of meaning. */
export const only = <Kind extends Meaning['kind']>(
  matches: readonly Match<Meaning>[],
  kind: Kind,
): Of<Kind>[] => matches.filter((match): match is Of<Kind> => match.meaning.kind === kind);

/** A name with what it says of the contest. */
export interface NameFound extends Named {
  /** It names a contestant wherever it stands. */
  readonly sure: boolean;
  /** It names somebody as a contestant: the ticket, or a hashtag of the campaign. */
  readonly campaign: boolean;
}

/** Between the two of a ticket stands no more than this: *Arga Wiraksana dan Bu Binar*. */
const TICKET_GAP = 2;

/** Two names of one side, one after another, are its ticket even if no pack writes it so. */
const withTickets = (found: readonly NameFound[], tokens: readonly Token[]): NameFound[] => {
  const pairs = (one: NameFound | undefined, other: NameFound | undefined): boolean =>
    one !== undefined &&
    other !== undefined &&
    one.side === other.side &&
    other.from - one.to <= TICKET_GAP &&
    tokens[one.from]?.sentence === tokens[other.from]?.sentence &&
    tokens[one.to - 1]?.key !== tokens[other.to - 1]?.key;
  return found.map((one, index) => ({
    ...one,
    campaign: one.campaign || pairs(found[index - 1], one) || pairs(one, found[index + 1]),
  }));
};

/** The longest names, slogans and hashtags. */
export const namesIn = (tokens: readonly Token[], matches: readonly Of<'contestant'>[]): NameFound[] => {
  const isTag = ({ from }: { readonly from: number }): boolean => tokens[from]?.tag === true;
  const chosen = longest(matches.filter((match) => match.meaning.role !== 'hashtag' || isTag(match)));
  let next = 0;
  // *Pak Arga* and *Arga Wiraksana* of one side are one name in *Pak Arga Wiraksana*. Both lists are in order.
  const endOf = ({ from, to, meaning }: Of<'contestant'>): number => {
    let end = to;
    for (let other = matches[next]; other !== undefined && other.from < to; other = matches[next]) {
      if (
        other.from > from &&
        other.meaning.contestant === meaning.contestant &&
        other.meaning.role === 'name'
      )
        end = Math.max(end, other.to);
      next += 1;
    }
    return end;
  };
  const roles = new Map<number, Set<Role>>();
  for (const { from, meaning } of chosen) roles.set(from, (roles.get(from) ?? new Set()).add(meaning.role));
  const found = new Map<number, NameFound>();
  for (const match of chosen) {
    const { from, meaning } = match;
    const to = endOf(match);
    const here = roles.get(from) ?? new Set();
    found.set(from, {
      from,
      to,
      side: meaning.contestant,
      rule: 'contestant',
      sure: here.has('name') || here.has('ticket') || isTag(match),
      // A hashtag that is no more than a name is a topic.
      campaign: here.has('ticket') || (here.has('hashtag') && !here.has('name')),
    });
  }
  return withTickets([...found.values()], tokens);
};

/** A name has no more titles than these: *Bapak Prof. Dr. H. Arga*. */
const MOST_TITLES = 4;

/** Names with the titles before them, so that *tetap Pak Arga* is *tetap* beside a name, whatever the pack calls him. */
export const withTitles = (
  names: readonly NameFound[],
  cues: readonly Of<'cue'>[],
  tokens: readonly Token[],
): NameFound[] => {
  const titles = new Map(
    cues.filter(({ meaning }) => meaning.cue === 'title').map(({ from, to }) => [to, from]),
  );
  return names.map((name, index) => {
    const free = names[index - 1]?.to ?? 0;
    let { from } = name;
    for (let title = 0; title < MOST_TITLES; title += 1) {
      const before = titles.get(from) ?? -1;
      if (before < free || tokens[before]?.clause !== tokens[from]?.clause || tokens[from]?.tag === true)
        break;
      from = before;
    }
    return { ...name, from };
  });
};
