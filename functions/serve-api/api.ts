import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import * as z from 'zod';
import { ANSWER, LINE, LINK } from '../../shared/domain/limits.js';
import type { Claims } from '../../shared/domain/registry/claims.js';
import type { NetworkId } from '../../shared/networks.js';
import type { HostGuard } from '../../shared/domain/registry/host-grammar.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type {
  AccountScanStore,
  AccountStore,
  AgencyStore,
  CandidateStore,
  Clock,
  CountStore,
  FileStore,
  GoldenStore,
  MailingStore,
  ErasureStore,
  CohortStore,
  FindingStore,
  PackStore,
  PersonStore,
  Queue,
  RecordStore,
  RequestStore,
  Report,
  SealStore,
  ShadowStore,
  TokenReader,
} from '../../shared/ports.js';
import { Instant } from '../../shared/domain/time.js';
import type { SignInPoints } from './console-page.js';
import { ProblemError } from './problem.js';

/** All that the API stands on. Each group of routes takes the part it needs. */
export interface ApiDeps {
  readonly agency: AgencyStore;
  readonly people: PersonStore;
  readonly accounts: AccountStore;
  readonly scans: AccountScanStore;
  readonly cohorts: Pick<CohortStore, 'turnOf' | 'dueBy'>;
  readonly findings: FindingStore;
  readonly requests: Pick<RequestStore, 'save' | 'byId' | 'ofPerson' | 'open' | 'list'>;
  readonly files: Pick<
    FileStore,
    'put' | 'read' | 'copy' | 'remove' | 'link' | 'uploadLink' | 'origin' | 'list'
  >;
  /** Which mails were intended for whom. */
  readonly mailings: Pick<MailingStore, 'to' | 'about'>;
  readonly golden: Omit<GoldenStore, 'removeDrills'>;
  /** Also findings whose time is over, until they are deleted: only their histories leave. */
  readonly histories: Pick<FindingStore, 'list'>;
  readonly erasures: Pick<ErasureStore, 'order' | 'open'>;
  readonly seals: Pick<SealStore, 'byDay' | 'days'>;
  readonly record: RecordStore;
  readonly packs: PackStore & CandidateStore;
  readonly counts: CountStore;
  readonly shadow: Pick<ShadowStore, 'days'>;
  /** To the classifier. */
  readonly posts: Queue<PostBundle>;
  readonly tokens: TokenReader;
  /** Where people sign in. Throws when the issuer does not say. */
  readonly signIn: () => Promise<SignInPoints>;
  /** The console's script. */
  readonly console: () => Promise<string>;
  readonly now: Clock;
  /** 32 hex digits of chance. */
  readonly salt: () => string;
  readonly guard: HostGuard;
  /** The networks that this deployment reads. */
  readonly networks: readonly NetworkId[];
  readonly publicUrl: string;
  readonly report: Report;
}

export interface ApiEnv {
  Variables: {
    /** Set for whoever showed a valid token. */
    claims: Claims;
    /** Set for whoever is on record. */
    caller: Caller;
  };
}

/** A group of routes. What does not fit a route's schema is refused with every fault named, and no value repeated. */
export const routes = () =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new ProblemError('bad-request', {
        errors: result.error.issues.map(({ path, message }) => ({
          at: [result.target, ...path].join('.'),
          detail: message,
        })),
      });
    },
  });

export type Routes = ReturnType<typeof routes>;

/** Several groups as one. */
export const together = (groups: readonly Routes[]): Routes => {
  const all = routes();
  for (const group of groups) all.route('/', group);
  return all;
};

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

export const html = (description: string) => ({
  description,
  content: { 'text/html': { schema: z.string().max(ANSWER) } },
});

/** A file that is handed out by a link. */
export const Handout = z.strictObject({
  name: z.string().max(LINE),
  bytes: z.int().positive(),
  sha256: z
    .string()
    .length(64)
    .regex(/^[0-9a-f]{64}$/),
  link: z.url().max(LINK),
  linkUntil: Instant,
});

const MOST = 100;

export const Cursor = z.string().min(1).max(4096);

/** The query of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MOST).default(MOST),
  cursor: Cursor.optional(),
});

/** What every list answers: some items, and where the next ones are found. */
export const pageOf = <Item extends z.ZodType>(item: Item, most = MOST) =>
  z.strictObject({ items: z.array(item).max(most), next: Cursor.nullable() });

/** The caller's own name for a request, from `Idempotency-Key`; `null` when they give none. */
export const idempotencyKey = (c: Context): string | null => {
  const header = c.req.header('idempotency-key');
  if (header === undefined) return null;
  if (!/^[\x21-\x7e]{8,128}$/.test(header))
    throw new ProblemError('bad-request', {
      errors: [
        { at: 'header.idempotency-key', detail: 'must be 8 to 128 characters without spaces, as a UUID is' },
      ],
    });
  return header;
};

/** The tag of a version, as `ETag` names it and `If-Match` takes it. */
export const versionTag = (revision: number) => ({ etag: `"${revision}"` });

/** What is there now of what a change would replace, for whoever rests on an older version. */
export const staleOver = (there: Readonly<Record<string, unknown>>): ProblemError =>
  new ProblemError('stale', {
    errors: Object.entries(there).map(([at, value]) => ({ at, detail: `is now ${JSON.stringify(value)}` })),
  });

/** The version that the caller has seen, where a change on any other would undo somebody else's unseen. */
export const requiredRevision = (c: Context): number => {
  const expected = expectedRevision(c);
  if (expected === null) throw new ProblemError('version-needed');
  return expected;
};

/** The version that the caller has seen, from `If-Match: "3"`; `null` when they do not say. */
export const expectedRevision = (c: Context): number | null => {
  const header = c.req.header('if-match');
  if (header === undefined) return null;
  const digits = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (digits === undefined)
    throw new ProblemError('bad-request', {
      errors: [{ at: 'header.if-match', detail: 'must be one strong tag as in ETag, "3"' }],
    });
  return Number(digits);
};
