import type { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';
import { printable, table } from './table.js';

const Proof = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('asked'),
    until: z.string(),
    missedAt: z.string().nullable(),
    code: z.string(),
    link: z.string(),
  }),
  z.object({ kind: z.literal('proved'), at: z.string(), how: z.string() }),
  z.object({ kind: z.literal('failed'), at: z.string(), reason: z.string() }),
]);

export const Own = z.object({
  id: z.string(),
  network: z.string(),
  handle: z.string(),
  renames: z.array(z.object({ from: z.string(), to: z.string(), at: z.string() })),
  lookup: z.object({ end: z.string(), dueAt: z.string().nullable() }).nullable(),
  proof: Proof.nullable(),
  state: z.string(),
  coverage: z.object({
    reason: z.string(),
    since: z.string().nullable(),
    lookedAt: z.string().nullable(),
    posts: z.number(),
  }),
});
type Own = z.infer<typeof Own>;

export const Mine = z.object({ accounts: z.array(Own) });

/** What a network's answer means to the holder, where the account was not found. */
const NOT_FOUND = new Map([
  ['not-found', 'its network knows no such account'],
  ['moved', 'it has moved to another account; declare that one'],
  ['opted-out', 'it asks not to be read'],
  ['needs-token', 'its host answers only to those who have a token, and there is none yet'],
  ['throttled', 'its host asked for peace'],
  ['unreachable', 'its host did not answer'],
  ['malformed', 'its host answered with something else'],
  ['taken', 'it is registered for somebody else'],
  ['not-read', 'its network is not read here'],
]);

const proofText = (proof: Own['proof']): string => {
  switch (proof?.kind) {
    case undefined:
      return 'none';
    case 'asked':
      return `asked, until ${proof.until}`;
    case 'proved':
      return `proved by ${proof.how}`;
    case 'failed':
      return `failed: ${proof.reason}`;
  }
};

/** What a holder should know of the account beyond its line in the table. */
const remarks = ({ handle, lookup, renames }: Own): string[] => {
  const problem = lookup === null ? undefined : NOT_FOUND.get(lookup.end);
  const again = lookup?.dueAt == null ? '' : `; it is asked again at ${lookup.dueAt}`;
  return [
    ...(problem === undefined ? [] : [`${printable(handle)}: ${problem}${again}.`]),
    ...renames.map(({ from, to, at }) => `${printable(from)} is called ${printable(to)} since ${at}.`),
  ];
};

export const ownLines = ({ accounts }: z.infer<typeof Mine>): string[] => {
  const rows = accounts.map(({ id, network, handle, state, coverage, proof }) => [
    id,
    network,
    state,
    coverage.reason,
    proofText(proof),
    handle,
  ]);
  const notes = accounts.flatMap(remarks);
  return [
    ...table(['ID', 'NETWORK', 'STATE', 'COVERAGE', 'PROOF', 'HANDLE'], rows),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
};

const proveLines = (account: Own): readonly string[] => {
  const { proof } = account;
  if (proof?.kind !== 'asked') return ownLines({ accounts: [account] });
  return [
    `To prove that ${printable(account.handle)} is yours, do one of these until ${proof.until}:`,
    `  put this code into the profile:     ${proof.code}`,
    '  or post it publicly, and delete the post once it was seen',
    `  or link to this page (rel="me"):    ${proof.link}`,
    `It is looked for every few minutes at first${
      proof.missedAt === null ? '' : `, last at ${proof.missedAt}, when it was not there`
    }; netral accounts list --mine says how it stands.`,
  ];
};

/** The commands with which holders steer their own accounts. */
export const addOwnCommands = (accounts: Command, around: Surroundings): void => {
  for (const [name, description] of [
    ['pause', 'stop looking at your account for now; what was under way is void'],
    ['resume', 'let your account be looked at again'],
    ['withdraw', 'end the registration of your account for good'],
  ] as const)
    accounts
      .command(name)
      .description(description)
      .argument('<id>', 'as accounts list --mine says it')
      .action(async (id: string, _options: unknown, command: Command) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const answer = await api.post(`/accounts/${encodeURIComponent(id)}/${name}`, {});
        show(answer, () => ownLines({ accounts: [Own.parse(answer)] }));
      });
  accounts
    .command('register')
    .description(
      'register an account of yours under the notice, and get a code by which you prove that it is yours',
    )
    .argument('<network>', 'feed, bluesky, …')
    .argument('<handle>', 'its handle or address')
    .requiredOption(
      '--notice <version>',
      'the notice that you have read and agree to, as me show --json has it',
    )
    .option('--from <day>', 'from which day on it may be read; else from today')
    .option('--to <day>', 'until which day')
    .action(
      async (
        network: string,
        handle: string,
        { notice, from, to }: { notice: string; from?: string; to?: string },
        command: Command,
      ) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const answer = await api.post('/me/accounts', {
          network,
          handle,
          noticeVersion: notice,
          ...(from === undefined ? {} : { effectiveFrom: from }),
          ...(to === undefined ? {} : { effectiveTo: to }),
        });
        show(answer, () => proveLines(Own.parse(answer)));
      },
    );
  accounts
    .command('prove')
    .description('get a code by which you prove that the account is yours')
    .argument('<id>', 'as accounts list --mine says it')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.post(`/accounts/${encodeURIComponent(id)}/proof`, {});
      show(answer, () => proveLines(Own.parse(answer)));
    });
};
